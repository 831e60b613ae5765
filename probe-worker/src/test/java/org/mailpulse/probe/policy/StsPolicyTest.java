package org.mailpulse.probe.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StsPolicyTest {
    private static final String GOOD = "version: STSv1\nmode: enforce\nmx: mx.reef.test\nmax_age: 86400\n";

    @Test
    void theExampleOfTheRfcIsRead() {
        String example = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\n"
                + "mx: backupmx.example.com\r\nmax_age: 604800\r\n";
        assertThat(StsPolicy.parse(example))
                .contains(new StsPolicy(
                        "enforce", List.of("mail.example.com", "*.example.net", "backupmx.example.com"), 604_800));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GOOD,
                GOOD + "\n",
                GOOD + "x-new_field.2: anything at all: really\n",
                GOOD + "mode: none\nversion: STSv2\nmax_age: soon\n",
                "max_age:86400\nmx:\tMX.Reef.Test.\t \nmode:enforce\nversion:STSv1"
            })
    void aPolicyMayBeWrittenInManyWays(String text) {
        assertThat(StsPolicy.parse(text)).contains(new StsPolicy("enforce", List.of("mx.reef.test"), 86_400));
    }

    @Test
    void withoutAnyHostOnlyNoneMakesSense() {
        assertThat(StsPolicy.parse("version: STSv1\nmode: none\nmax_age: 0")).isPresent();
        assertThat(StsPolicy.parse("version: STSv1\nmode: testing\nmax_age: 0")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<!DOCTYPE html><html></html>",
                "version: STSv2\nmode: enforce\nmx: mx.reef.test\nmax_age: 86400\n",
                "version: stsv1\nmode: enforce\nmx: mx.reef.test\nmax_age: 86400\n",
                "Version: STSv1\nmode: enforce\nmx: mx.reef.test\nmax_age: 86400\n",
                "version: STSv1\nmode: Enforce\nmx: mx.reef.test\nmax_age: 86400\n",
                "version: STSv1\nmode: strict\nmx: mx.reef.test\nmax_age: 86400\n",
                "version: STSv1\nmode: enforce\nmx: mx.reef.test\n",
                "version: STSv1\nmode: enforce\nmx: mx.reef.test\nmax_age: -1\n",
                "version: STSv1\nmode: enforce\nmx: mx.reef.test\nmax_age: 12345678901\n",
                "version: STSv1\nmode: enforce\nmx: mx.*.test\nmax_age: 86400\n",
                "version: STSv1\nmode: enforce\nmx: *\nmax_age: 86400\n",
                "version: STSv1\nmode: enforce\nmx: m*.reef.test\nmax_age: 86400\n",
                "version: STSv1\nmode: enforce\nmx: a.test, b.test\nmax_age: 86400\n",
                "version: STSv1\nmode: enforce\nmx:\nmax_age: 86400\n",
                GOOD + "no field\n",
                " " + GOOD
            })
    void whatIsNoPolicyIsRefused(String text) {
        assertThat(StsPolicy.parse(text)).isEmpty();
    }

    @Test
    @Timeout(5)
    void aHostileTextIsReadInNoTime() {
        String blanks = " ".repeat(60_000);
        assertThat(StsPolicy.parse(GOOD + "x:" + blanks + "y" + blanks)).isPresent();
        assertThat(StsPolicy.parse(GOOD + "mx: " + "a.".repeat(30_000) + "a")).isEmpty();
        assertThat(StsPolicy.parse(GOOD + "a".repeat(60_000))).isEmpty();
        assertThat(StsPolicy.parse("\r\n".repeat(30_000))).isEmpty();
    }

    @Property
    void whatIsWrittenIsRead(
            @ForAll("modes") String mode,
            @ForAll("patterns") List<String> patterns,
            @ForAll @LongRange(min = 0, max = 9_999_999_999L) long maxAge) {
        StringBuilder text = new StringBuilder("version: STSv1\nmode: " + mode + "\nmax_age: " + maxAge + "\n");
        patterns.forEach(pattern -> text.append("mx: ").append(pattern).append("\r\n"));
        assertThat(StsPolicy.parse(text.toString())).contains(new StsPolicy(mode, patterns, maxAge));
    }

    @Property
    void anyTextHasAnAnswer(@ForAll String text) {
        assertThat(StsPolicy.parse(text)).isEmpty();
        assertThat(StsPolicy.parse(GOOD + "x: " + text.replaceAll("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]", "")))
                .isPresent();
    }

    @Provide
    Arbitrary<String> modes() {
        return Arbitraries.of("enforce", "testing", "none");
    }

    @Provide
    Arbitrary<List<String>> patterns() {
        Arbitrary<String> label = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .ofMinLength(1)
                .ofMaxLength(63);
        Arbitrary<String> name = label.list().ofMinSize(1).ofMaxSize(4).map(labels -> String.join(".", labels));
        return name.flatMap(given -> Arbitraries.of(given, "*." + given))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }
}
