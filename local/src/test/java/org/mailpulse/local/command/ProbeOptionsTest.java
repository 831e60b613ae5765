package org.mailpulse.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailpulse.probe.Manners;
import org.mailpulse.probe.ProbeSettings;
import org.mailpulse.probe.Timeouts;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ProbeOptionsTest {
    @Test
    void withoutOptionsTheMannersAreThoseOfAPoliteGuest() {
        assertThat(manners()).isEqualTo(new Manners(null, null, null, true, List.of(), Duration.ofMinutes(2)));
    }

    @Test
    void eachOptionReachesItsSetting() {
        assertThat(manners(
                        "--per-network=9",
                        "--network-gap=0.25",
                        "--rate=40.5",
                        "--no-honour-txt-opt-out",
                        "--canary=MX.a.example,mx.b.example",
                        "--canary-every=300"))
                .isEqualTo(new Manners(
                        9,
                        Duration.ofMillis(250),
                        40.5,
                        false,
                        List.of("mx.a.example", "mx.b.example"),
                        Duration.ofMinutes(5)));
    }

    @Test
    void eachTimeOutIsItsOwn() {
        assertThat(settings("--greeting-timeout=3", "--dns-timeout=40").timeouts())
                .isEqualTo(Timeouts.DEFAULT.withGreeting(Duration.ofSeconds(3)).withDnsTotal(Duration.ofSeconds(40)));
        assertThat(settings().timeouts()).isEqualTo(Timeouts.DEFAULT);
    }

    @Test
    void aLaboratoryIsNotAskedWhetherItMindsUnlessToldTo() {
        assertThat(manners("--allow-private").txtOptOut()).isFalse();
        assertThat(manners("--allow-private", "--honour-txt-opt-out").txtOptOut())
                .isTrue();
    }

    @Test
    void oldTlsIsAskedForOnRequestAlone() {
        assertThat(settings().legacyOffer()).isFalse();
        assertThat(settings("--legacy-offer").legacyOffer()).isTrue();
    }

    @Command
    private static final class Holder {
        @CommandLine.Mixin
        ProbeOptions options;
    }

    private static Manners manners(String... arguments) {
        return settings(arguments).manners();
    }

    private static ProbeSettings settings(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return holder.options.settings();
    }
}
