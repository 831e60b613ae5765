package org.mailpulse.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailpulse.probe.pace.Pace;

class ProbeSettingsTest {
    private static final ProbeSettings DEFAULTS = ProbeSettings.defaults();

    @Test
    void theDefaultsAreTheOnesOfAPoliteGuest() {
        assertThat(DEFAULTS.smtpPort()).isEqualTo(25);
        assertThat(DEFAULTS.allowPrivate()).isFalse();
        assertThat(DEFAULTS.perAddress()).isEqualTo(2);
        assertThat(DEFAULTS.gap()).isEqualTo(Duration.ofSeconds(1));
        assertThat(DEFAULTS.confirmAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(DEFAULTS.timeouts().greeting()).isEqualTo(Duration.ofSeconds(60));
        assertThat(DEFAULTS.timeouts().probe()).isEqualTo(Duration.ofSeconds(120));
        assertThat(DEFAULTS.ehloName()).isNotBlank();
    }

    @Test
    void eachWithChangesItsFieldAlone() {
        ProbeSettings changed = DEFAULTS.withVantage("oslo-1")
                .withEhloName("[192.0.2.1]")
                .withResolver("127.0.0.1:5353")
                .withSmtpPort(2525)
                .withAllowPrivate(true)
                .withTrustStore(Path.of("roots.pem"))
                .withOptOut(Path.of("opt-out.txt"))
                .withConcurrency(7)
                .withPerAddress(3)
                .withGap(Duration.ZERO)
                .withConfirmAfter(Duration.ofSeconds(9))
                .withTimeouts(Timeouts.DEFAULT.withConnect(Duration.ofSeconds(1)))
                .withTrustAnchor(Path.of("root.key"))
                .withTrustAd(true)
                .withPolicyPort(8443)
                .withPerNetwork(40)
                .withNetworkGap(Duration.ofMillis(3))
                .withRate(12.5)
                .withTxtOptOut(false)
                .withCanaries(List.of("mx.example"))
                .withCanaryEvery(Duration.ofMinutes(3))
                .withLegacyOffer(true);
        assertThat(changed)
                .isEqualTo(new ProbeSettings(
                        "oslo-1",
                        "[192.0.2.1]",
                        List.of(new InetSocketAddress("127.0.0.1", 5353)),
                        2525,
                        true,
                        Path.of("roots.pem"),
                        Path.of("opt-out.txt"),
                        7,
                        3,
                        Duration.ZERO,
                        Duration.ofSeconds(9),
                        new Timeouts(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(120),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(12),
                                Duration.ofSeconds(30)),
                        new ProbeSettings.Policies(Path.of("root.key"), true, 8443),
                        new Manners(
                                40, Duration.ofMillis(3), 12.5, false, List.of("mx.example"), Duration.ofMinutes(3)),
                        true));
    }

    @Test
    void theLimitsOfANetworkGoByThoseOfAnAddress() {
        assertThat(DEFAULTS.pace()).isEqualTo(new Pace(500, 2, Duration.ofSeconds(1), 16, Duration.ofMillis(50)));
        assertThat(DEFAULTS.withPerAddress(50).pace().perNetwork()).isEqualTo(400);
        assertThat(DEFAULTS.withPerNetwork(4).withNetworkGap(Duration.ZERO).pace())
                .isEqualTo(new Pace(500, 2, Duration.ofSeconds(1), 4, Duration.ZERO));
    }

    @Test
    void noGapForAddressesMeansNoLimitOfNetworksUnlessOneIsSet() {
        ProbeSettings laboratory = DEFAULTS.withGap(Duration.ZERO);
        assertThat(laboratory.pace()).isEqualTo(new Pace(500, 2, Duration.ZERO, 500, Duration.ZERO));
        assertThat(laboratory.withPerNetwork(9).pace().perNetwork()).isEqualTo(9);
        assertThat(laboratory.withNetworkGap(Duration.ofMillis(5)).pace().networkGap())
                .isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void aResolverHasPort53UnlessToldOtherwise() {
        assertThat(DEFAULTS.withResolver("9.9.9.9").resolvers()).containsExactly(new InetSocketAddress("9.9.9.9", 53));
        assertThat(DEFAULTS.withResolver("[::1]:5353").resolvers()).containsExactly(new InetSocketAddress("::1", 5353));
        assertThat(DEFAULTS.withResolver("::1").resolvers()).containsExactly(new InetSocketAddress("::1", 53));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("outOfRange")
    void whatIsOutOfRangeIsNamedWithItsValue(UnaryOperator<ProbeSettings> change, String message) {
        assertThatThrownBy(() -> change.apply(DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                refused(s -> s.withVantage("a b"), "vantage must be 1…64 letters, digits or ._-, is 'a b'"),
                refused(
                        s -> s.withEhloName("a\r\nMAIL"),
                        "ehloName must be a host name or an address literal, is 'a\r\nMAIL'"),
                refused(s -> s.withEhloName(null), "ehloName must be a host name or an address literal, is 'null'"),
                refused(s -> s.withSmtpPort(0), "smtpPort must be 1…65535, is '0'"),
                refused(s -> s.withSmtpPort(65536), "smtpPort must be 1…65535, is '65536'"),
                refused(s -> s.withConcurrency(0), "concurrency must be 1…100000, is '0'"),
                refused(s -> s.withPerAddress(0), "perAddress must be at least 1, is '0'"),
                refused(s -> s.withGap(Duration.ofSeconds(-1)), "gap must be 0…1 h, is 'PT-1S'"),
                refused(s -> s.withPerNetwork(0), "perNetwork must be at least 1, is '0'"),
                refused(s -> s.withNetworkGap(Duration.ofHours(2)), "networkGap must be 0…1 h, is 'PT2H'"),
                refused(s -> s.withRate(0.0), "rate must be 0.01…1000000 per second, is '0.0'"),
                refused(s -> s.withRate(Double.NaN), "rate must be 0.01…1000000 per second, is 'NaN'"),
                refused(s -> s.withCanaries(List.of("192.0.2.1")), "canary must be host names, is '192.0.2.1'"),
                refused(s -> s.withCanaryEvery(Duration.ZERO), "canaryEvery must be 0.1 s…10 min, is 'PT0S'"),
                refused(s -> s.withCanaryEvery(Duration.ofMinutes(11)), "canaryEvery must be 0.1 s…10 min, is 'PT11M'"),
                refused(s -> s.withConfirmAfter(Duration.ofHours(2)), "confirmAfter must be 0…1 h, is 'PT2H'"),
                refused(s -> s.withResolver("127.0.0.1:x"), "resolver must be HOST[:PORT], is '127.0.0.1:x'"),
                refused(
                        s -> s.withResolver("127.0.0.1:0"),
                        "resolver must be HOST[:PORT] of a host that is known, is '127.0.0.1:0'"),
                refused(
                        s -> s.withTimeouts(Timeouts.DEFAULT.withReply(Duration.ZERO)),
                        "timeout reply must be more than 0 and at most 1 h, is PT0S"));
    }

    private static Arguments refused(UnaryOperator<ProbeSettings> change, String message) {
        return Arguments.of(change, message);
    }
}
