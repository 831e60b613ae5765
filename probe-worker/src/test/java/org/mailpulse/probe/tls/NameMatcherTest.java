package org.mailpulse.probe.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.observation.NameMatch;

class NameMatcherTest {
    @ParameterizedTest
    @CsvSource({
        "mx.quay.example, mx.quay.example, SAN",
        "MX.Quay.Example, mx.quay.example, SAN",
        "mx.quay.example., mx.quay.example, SAN",
        "*.quay.example, mx.quay.example, SAN",
        "*.xn--brygge-fya.example, mx.xn--brygge-fya.example, SAN",
        "*.quay.example, a.mx.quay.example, NONE",
        "*.quay.example, quay.example, NONE",
        "m*.quay.example, mx.quay.example, NONE",
        "mx.*.example, mx.quay.example, NONE",
        "*, example, NONE",
        "*., mx., NONE",
        "quay.example, mx.quay.example, NONE",
        "xmx.quay.example, mx.quay.example, NONE"
    })
    void aNameOrOneWholeLeftmostLabel(String presented, String host, NameMatch expected) {
        assertThat(NameMatcher.match(List.of("other.example", presented), null, host))
                .isEqualTo(expected);
    }

    @Test
    void theCommonNameIsFlaggedAndNotAccepted() {
        assertThat(NameMatcher.match(List.of(), "mx.quay.example", "mx.quay.example"))
                .isEqualTo(NameMatch.CN_ONLY);
        assertThat(NameMatcher.match(List.of("a.example"), "*.quay.example", "mx.quay.example"))
                .isEqualTo(NameMatch.CN_ONLY);
        assertThat(NameMatcher.match(List.of("mx.quay.example"), "x", "mx.quay.example"))
                .isEqualTo(NameMatch.SAN);
    }
}
