package org.mailpulse.model.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNameTest {
    private static final String LONGEST_LABEL = "a".repeat(63);

    @ParameterizedTest
    @CsvSource({
        "mx.example.no, mx.example.no",
        "MX.Example.NO, mx.example.no",
        "mx.example.no., mx.example.no",
        "mx-1.xn--blbr-roah.no, mx-1.xn--blbr-roah.no",
        "1.2.3.4.in-addr.arpa, 1.2.3.4.in-addr.arpa",
        "3com.com, 3com.com"
    })
    void isTheHostNameInLowerCase(String claimed, String name) {
        assertThat(ServerName.of(claimed)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "localhost",
                "ESMTP",
                "192.0.2.1",
                "[192.0.2.1]",
                "[IPv6:2001:db8::1]",
                "4.3.2",
                "mx..example.no",
                ".example.no",
                "-mx.example.no",
                "mx-.example.no",
                "mx_1.example.no",
                "blåbær.no",
                "mx.example.no..",
                "mx.example.no\nX",
                "<b>.example.no",
                "*.example.no"
            })
    void isNothingWhereTheClaimIsNoFullyQualifiedHostName(String claimed) {
        assertThat(ServerName.of(claimed)).isNull();
    }

    @Test
    void hasTheBoundsOfTheDomainNameSystem() {
        String longest = (LONGEST_LABEL + ".").repeat(3) + "a".repeat(61);
        assertThat(longest).hasSize(253);
        assertThat(ServerName.of(longest)).isEqualTo(longest);
        assertThat(ServerName.of(longest + ".")).isEqualTo(longest);
        assertThat(ServerName.of(longest + "a")).isNull();
        assertThat(ServerName.of("a" + LONGEST_LABEL + ".example.no")).isNull();
        assertThat(ServerName.of("a.".repeat(1_000_000))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "mx.example.no ESMTP Postfix, mx.example.no",
        "'  mx.example.no	ESMTP', mx.example.no",
        "mx.example.no, mx.example.no",
        "ESMTP mx.example.no,",
        "4.3.2 mx.example.no too busy,",
        "'',"
    })
    void isTheFirstWordOfAGreeting(String banner, String name) {
        assertThat(ServerName.ofGreeting(banner)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "one.example.no, two.example.no ESMTP, one.example.no",
        "localhost, two.example.no ESMTP, two.example.no",
        ", two.example.no ESMTP, two.example.no",
        "localhost, Welcome,",
        ",,"
    })
    void theAnswerToEhloIsBelievedBeforeTheGreeting(String ehlo, String banner, String name) {
        Handshake seen = new Handshake(
                1,
                "2026-11",
                "oslo",
                "mx.example.no",
                "192.0.2.1",
                Instant.EPOCH,
                1,
                Outcome.NOT_OFFERED,
                null,
                null,
                banner,
                ehlo,
                List.of(),
                List.of(),
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);

        assertThat(seen.summary().ehloName()).isEqualTo(name);
    }

    @Property
    void ofAnyTextComesAHostNameOrNothing(@ForAll String claimed) {
        String name = ServerName.of(claimed);

        assertThat(name == null || name.matches("[a-z0-9.-]{3,253}")).isTrue();
        assertThat(ServerName.of(name)).isEqualTo(name);
        String greeted = ServerName.ofGreeting(claimed);
        assertThat(ServerName.of(greeted)).isEqualTo(greeted);
    }

    /** RFC 5321 §2.3.5 and RFC 3696 §2 as one expression. */
    private static final Pattern HOST_NAME = Pattern.compile(
            "(?=.*\\.[^.]*[a-z-][^.]*$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");

    @Property
    void isWhatTheExpressionSays(@ForAll @CharRange(from = 'y', to = 'z') @Chars({'.', '-', '7', '_'}) String claimed) {
        String name = claimed.endsWith(".") ? claimed.substring(0, claimed.length() - 1) : claimed;

        assertThat(ServerName.of(claimed) != null)
                .isEqualTo(name.length() <= 253 && HOST_NAME.matcher(name).matches());
    }
}
