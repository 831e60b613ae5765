package org.mailpulse.probe.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.observation.TlsRptFinding;
import org.mailpulse.model.observation.TlsRptFinding.State;
import org.mailpulse.model.survey.Target;
import org.mailpulse.probe.DomainProber;
import org.mailpulse.probe.HandshakeSink;
import org.mailpulse.probe.ProbeSettings;
import org.mailpulse.testbed.LoopbackBlock;
import org.mailpulse.testbed.server.Nsd;
import org.mailpulse.testbed.server.Nsd.Zone;

/** Records in a zone that NSD serves; nobody answers at the mail servers, which makes no difference. */
@Timeout(60)
class TlsRptTest {
    private static final String ZONE = """
            $ORIGIN test.
            $TTL 60
            @ SOA ns hostmaster 1 3600 600 86400 60
            @ NS ns
            ns A 127.0.0.1
            asks MX 10 mx
            _smtp._tls.asks TXT "v=TLSRPTv1;" " rua=mailto:tls@asks.test,https://asks.test/r"
            _smtp._tls.asks TXT "another matter"
            alias MX 10 mx
            _smtp._tls.alias CNAME _smtp._tls.asks
            twice MX 10 mx
            _smtp._tls.twice TXT "v=TLSRPTv1; rua=mailto:a@twice.test"
            _smtp._tls.twice TXT "v=TLSRPTv1; rua=mailto:b@twice.test"
            nobody MX 10 mx
            _smtp._tls.nobody TXT "v=TLSRPTv1"
            silent MX 10 mx
            other MX 10 mx
            _smtp._tls.other A 127.0.0.1
            lost MX 10 mx
            _tls.lost NS ns
            nomail A 127.0.0.1
            nomail MX 0 .
            _smtp._tls.nomail TXT "v=TLSRPTv1; rua=mailto:a@nomail.test"
            mx A %s
            """;

    private static Nsd nsd;
    private static ProbeSettings settings;
    private static DomainProber prober;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws IOException {
        LoopbackBlock block = LoopbackBlock.claim(2);
        nsd = Nsd.start(
                block.at(1),
                List.of(
                        new Zone("test", ZONE.formatted(block.address(2).getHostAddress())),
                        Zone.broken("_tls.lost.test")));
        settings = ProbeSettings.defaults()
                .withResolvers(List.of(block.at(1)))
                .withSmtpPort(block.port())
                .withAllowPrivate(true)
                .withTxtOptOut(false)
                .withGap(Duration.ZERO);
        prober = DomainProber.open(settings, HandshakeSink.NONE);
    }

    @AfterAll
    static void stop() {
        prober.close();
        nsd.close();
    }

    @ParameterizedTest
    @CsvSource({
        "asks, PRESENT",
        "alias, PRESENT",
        "twice, MALFORMED",
        "nobody, MALFORMED",
        "silent, ABSENT",
        "other, ABSENT",
        "lost, ERROR",
        "nomail, NOT_MEASURED",
        "no-such-domain, NOT_MEASURED"
    })
    void whatADomainWithMailServersPublishesIsFound(String name, State state) throws Exception {
        assertThat(find(prober, name).state()).isEqualTo(state);
    }

    @Test
    void whereReportsShallGoIsToldInOrder() throws Exception {
        assertThat(find(prober, "asks").rua()).containsExactly("mailto:tls@asks.test", "https://asks.test/r");
    }

    @Test
    void whoeverOptedOutIsNotAskedAbout() throws Exception {
        Path list = Files.writeString(folder.resolve("opt-out.txt"), "asks.test\n");
        try (DomainProber polite = DomainProber.open(settings.withOptOut(list), HandshakeSink.NONE)) {
            assertThat(find(polite, "asks")).isEqualTo(TlsRptFinding.NOT_MEASURED);
        }
    }

    private static TlsRptFinding find(DomainProber prober, String name) throws Exception {
        return prober.observe(Target.of("2026-11", 0, name + ".test", List.of()))
                .get(30, TimeUnit.SECONDS)
                .tlsRpt();
    }
}
