package org.mailpulse.survey.targets;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainSyntaxTest {
    private static final String LABEL_63 = "a".repeat(63);
    private static final String NAME_253 = (LABEL_63 + ".").repeat(3) + "b".repeat(61);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.no | example.no",
                "EXAMPLE.No | example.no",
                "example.no. | example.no",
                "'  example.no\t' | example.no",
                "'\u00A0example.no\u2009' | example.no",
                "a.b-c.d1 | a.b-c.d1",
                "1.2.example | 1.2.example",
                "4chan.example | 4chan.example",
                "r4---sn-x.example | r4---sn-x.example",
                "blåbær.no | xn--blbr-roah.no",
                "BLÅBÆR.NO | xn--blbr-roah.no",
                "bla\u030Abær.no | xn--blbr-roah.no",
                "faß.de | xn--fa-hia.de",
                "例え。テスト | xn--r8jz45g.xn--zckzah",
                "\uFF45xample.no | example.no",
                "xn--blbr-roah.no | xn--blbr-roah.no",
                "XN--BLBR-ROAH.no | xn--blbr-roah.no",
                "xn--ls8h.example | xn--ls8h.example",
                "\u00ADexample.no | example.no",
            })
    void bringsADomainIntoItsOneForm(String text, String domain) {
        assertThat(DomainSyntax.parse(text)).isEqualTo(new DomainSyntax.Parsed(domain, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | NO_DOMAIN",
                "' \u00A0' | NO_DOMAIN",
                ". | NOT_A_DOMAIN",
                ".no | NOT_A_DOMAIN",
                "a..no | NOT_A_DOMAIN",
                "example.no.. | NOT_A_DOMAIN",
                "-a.no | NOT_A_DOMAIN",
                "a-.no | NOT_A_DOMAIN",
                "a_b.no | NOT_A_DOMAIN",
                "_dmarc.example.no | NOT_A_DOMAIN",
                "*.example.no | NOT_A_DOMAIN",
                "a b.no | NOT_A_DOMAIN",
                "post@example.no | NOT_A_DOMAIN",
                "https://example.no/ | NOT_A_DOMAIN",
                "example.no:25 | NOT_A_DOMAIN",
                "#comment | NOT_A_DOMAIN",
                "example.123 | NOT_A_DOMAIN",
                "ex\u202Eample.no | NOT_A_DOMAIN",
                "a\u0338.no\u2260/x | NOT_A_DOMAIN",
                "\uFFFD.no | NOT_A_DOMAIN",
                "å_b.no | NOT_A_DOMAIN",
                "192.0.2.1 | IP_ADDRESS",
                "192.0.2 | IP_ADDRESS",
                "３.３.３.３ | IP_ADDRESS",
                "2001:db8::1 | IP_ADDRESS",
                "[2001:db8::1] | IP_ADDRESS",
                "::ffff:192.0.2.1 | IP_ADDRESS",
                "localhost | SINGLE_LABEL",
                "no | SINGLE_LABEL",
                "no. | SINGLE_LABEL",
            })
    void saysWhyTextIsNotADomain(String text, Rejection problem) {
        assertThat(DomainSyntax.parse(text)).isEqualTo(new DomainSyntax.Parsed(null, problem));
    }

    @ParameterizedTest
    @CsvSource({"63, LABEL", "64, LABEL_TOO_LONG"})
    void aLabelHoldsUpTo63(int length, String expected) {
        Rejection problem = DomainSyntax.parse("a".repeat(length) + ".no").problem();
        assertThat(problem).isEqualTo(expected.equals("LABEL") ? null : Rejection.valueOf(expected));
    }

    @ParameterizedTest
    @CsvSource({"å, 55", "å, 56"})
    void aLabelIsMeasuredAsItsALabel(String letter, int asciiLetters) {
        // xn-- and the delimiter, the ASCII letters, and three letters that say where å stands
        Rejection problem =
                DomainSyntax.parse("a".repeat(asciiLetters) + letter + ".no").problem();
        assertThat(problem).isEqualTo(asciiLetters == 55 ? null : Rejection.LABEL_TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource({"'', true", "., true", "x, false"})
    void aNameHoldsUpTo253WithoutTheTrailingDot(String more, boolean fits) {
        assertThat(DomainSyntax.parse(NAME_253 + more).problem()).isEqualTo(fits ? null : Rejection.NAME_TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource({"1000000, a", "1000000, å"})
    void anEndlessNameIsRefusedAtOnce(int length, String letter) {
        assertThat(DomainSyntax.parse(letter.repeat(length)).problem()).isEqualTo(Rejection.NAME_TOO_LONG);
    }

    @Property(tries = 3000)
    void whatWasBroughtIntoFormStaysAsItIs(@ForAll("names") String text) {
        DomainSyntax.Parsed once = DomainSyntax.parse(text);
        if (once.domain() != null) {
            assertThat(DomainSyntax.parse(once.domain())).isEqualTo(once);
            assertThat(once.domain())
                    .matches("[a-z0-9.-]{3,253}")
                    .doesNotEndWith(".")
                    .doesNotStartWith(".");
        } else {
            assertThat(once.problem()).isNotNull();
        }
    }

    @Property(tries = 3000)
    void caseBlanksAndTheTrailingDotMakeNoDifference(@ForAll("plainNames") String name) {
        DomainSyntax.Parsed expected = DomainSyntax.parse(name);
        assertThat(expected.domain()).isNotNull();
        assertThat(DomainSyntax.parse(" " + name.toUpperCase(java.util.Locale.ROOT) + ". "))
                .isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> label = Arbitraries.oneOf(
                Arbitraries.strings()
                        .withCharRange('a', 'z')
                        .withChars("-ABÅåßéüжテ例")
                        .ofMaxLength(8),
                Arbitraries.strings().ofMaxLength(6),
                Arbitraries.of("xn--blbr-roah", "xn--a", "1", "255"));
        return label.list().ofMinSize(1).ofMaxSize(5).map(labels -> String.join(".", labels));
    }

    @Provide
    Arbitrary<String> plainNames() {
        Arbitrary<String> label =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(12);
        return label.list().ofMinSize(2).ofMaxSize(4).map(labels -> String.join(".", labels));
    }
}
