package org.mailpulse.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.survey.Target;
import org.mailpulse.probe.peer.JsseSmtpPeer;
import org.mailpulse.probe.peer.WaveringPeer;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.testbed.LoopbackBlock;
import org.mailpulse.testbed.peer.LoopbackPeer;
import org.mailpulse.testbed.server.Nsd;

@Timeout(60)
class DomainProberTest {
    private static final Credential CREDENTIAL = new CertificateForge(4).issue(LeafRequest.named("mx.reef.test"));

    @TempDir
    static Path folder;

    private static LoopbackBlock block;
    private static Nsd nsd;

    private final ConcurrentLinkedQueue<Handshake> handshakes = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() throws IOException {
        block = LoopbackBlock.claim(9);
        String net = block.prefix();
        StringBuilder zone = new StringBuilder("""
                $ORIGIN reef.test.
                $TTL 60
                @ SOA ns hostmaster 1 3600 600 86400 60
                @ NS ns
                ns A 127.0.0.1
                mx A %1$s.2
                wavering MX 10 mxw
                mxw A %1$s.3
                crowd MX 10 many
                """.formatted(net));
        IntStream.range(0, 30).forEach(i -> zone.append("d" + i + " MX 10 mx.reef.test.\n"));
        IntStream.range(10, 20).forEach(i -> zone.append("many A " + net + "." + i + "\n"));
        IntStream.range(10, 25).forEach(i -> zone.append("hosts MX " + i + " host" + i + "\n"));
        nsd = Nsd.start(block.at(1), List.of(new Nsd.Zone("reef.test", zone.toString())));
    }

    @AfterAll
    static void stop() {
        nsd.close();
    }

    @Test
    void aHostOfManyDomainsIsAskedOncePerSurvey() throws Exception {
        try (LoopbackPeer peer = new JsseSmtpPeer(block.at(2), CREDENTIAL, "", "").open();
                DomainProber prober = open(settings())) {
            List<CompletableFuture<Observation>> running = IntStream.range(0, 30)
                    .mapToObj(i -> prober.observe(target("2026-10", "d" + i + ".reef.test")))
                    .toList();
            for (CompletableFuture<Observation> one : running) {
                assertThat(only(one.get(20, TimeUnit.SECONDS)).outcome()).isEqualTo(Outcome.TLS_OK);
            }
            assertThat(peer.connections()).isEqualTo(1);
            assertThat(handshakes).hasSize(1);
            assertThat(handshakes.peek().survey()).isEqualTo("2026-10");

            observe(prober, "2026-11", "d0.reef.test");
            observe(prober, "2026-11", "d1.reef.test");
            assertThat(peer.connections()).as("a new survey asks anew").isEqualTo(2);
            assertThat(prober.stats().domains()).isEqualTo(32);
            assertThat(prober.stats().endpoints()).isEqualTo(2);
            assertThat(prober.stats().connectionsOpen()).isZero();
        }
    }

    @Test
    void aNoThatIsRepeatedIsBelieved() throws Exception {
        EndpointObservation found = askWavering("250 mx", "250 mx");
        assertThat(found.outcome()).isEqualTo(Outcome.NOT_OFFERED);
        assertThat(found.reason()).isEqualTo(Reason.NONE);
        assertThat(handshakes.peek().attempts()).isEqualTo(2);
    }

    @Test
    void theObservationBearsTheNameByWhichTheServerCallsItself() throws Exception {
        EndpointObservation found = askWavering("250 One.Reef.Test greets you", "250 Two.Reef.Test greets you");
        assertThat(found.ehloName()).as("of the attempt that holds").isEqualTo("two.reef.test");
    }

    @Test
    void aServerThatTellsNoHostNameWhenAskedIsCalledAsItGreeted() throws Exception {
        assertThat(askWavering("250 mx", "250 mx").ehloName()).isEqualTo("mx.jsse.test");
    }

    @Test
    void aNoThatTurnsIntoAYesIsAYes() throws Exception {
        assertThat(askWavering("250 mx", "250-mx\n250 STARTTLS").outcome()).isEqualTo(Outcome.TLS_OK);
        assertThat(handshakes.peek().attempts()).isEqualTo(2);
    }

    @Test
    void aNoThatIsNotRepeatedIsUnknown() throws Exception {
        EndpointObservation found = askWavering("250 mx", "421 4.7.0 later");
        assertThat(found.outcome()).isEqualTo(Outcome.SMTP_REFUSED);
        assertThat(found.reason()).isEqualTo(Reason.UNCONFIRMED);
        assertThat(handshakes.peek().detail()).isEqualTo("NOT_OFFERED, then EHLO_REFUSED");
    }

    @Test
    void theObservationWaitsUntilTheHandshakeIsSafe() throws Exception {
        CompletableFuture<Void> safe = new CompletableFuture<>();
        CompletableFuture<Handshake> written = new CompletableFuture<>();
        HandshakeSink slow = handshake -> {
            written.complete(handshake);
            return safe;
        };
        try (LoopbackPeer peer = new JsseSmtpPeer(block.at(2), CREDENTIAL, "", "").open();
                DomainProber prober = DomainProber.open(settings(), slow)) {
            CompletableFuture<Observation> observed = prober.observe(target("2026-10", "d0.reef.test"));
            written.get(20, TimeUnit.SECONDS);
            assertThat(observed).isNotDone();
            safe.complete(null);
            assertThat(only(observed.get(20, TimeUnit.SECONDS)).outcome()).isEqualTo(Outcome.TLS_OK);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void aSinkThatFailsDoesNotHarmTheObservation() throws Exception {
        HandshakeSink broken = handshake -> {
            throw new IllegalStateException("disk full");
        };
        try (LoopbackPeer peer = new JsseSmtpPeer(block.at(2), CREDENTIAL, "", "").open();
                DomainProber prober = DomainProber.open(settings(), broken)) {
            assertThat(only(observe(prober, "2026-10", "d0.reef.test")).outcome())
                    .isEqualTo(Outcome.TLS_OK);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void whoAskedNotToBeAskedIsLeftAlone() throws Exception {
        Path list = Files.writeString(
                folder.resolve("opt-out.txt"), "d0.reef.test\nmxw.reef.test\n" + block.prefix() + ".10/31\n");
        try (LoopbackPeer peer = new JsseSmtpPeer(block.at(2), CREDENTIAL, "", "").open();
                LoopbackPeer other = new WaveringPeer(block.at(3), CREDENTIAL, "250 mx", "250 mx").open();
                DomainProber prober = open(settings().withOptOut(list))) {
            assertThat(only(observe(prober, "2026-10", "d0.reef.test")).reason())
                    .isEqualTo(Reason.OPTED_OUT);
            assertThat(only(observe(prober, "2026-10", "wavering.reef.test")).reason())
                    .isEqualTo(Reason.OPTED_OUT);
            assertThat(peer.connections() + other.connections()).isZero();
            assertThat(only(observe(prober, "2026-10", "d1.reef.test")).outcome())
                    .isEqualTo(Outcome.TLS_OK);
            assertThat(observe(prober, "2026-10", "crowd.reef.test")
                            .mxHosts()
                            .get(0)
                            .endpoints())
                    .extracting(EndpointObservation::reason)
                    .startsWith(Reason.OPTED_OUT, Reason.OPTED_OUT, Reason.CONNECT_REFUSED, Reason.CONNECT_REFUSED);
        }
    }

    @Test
    void whatIsOverTheCapIsOnRecordAndNotAsked() throws Exception {
        try (DomainProber prober = open(settings())) {
            List<EndpointObservation> crowd = observe(prober, "2026-10", "crowd.reef.test")
                    .mxHosts()
                    .get(0)
                    .endpoints();
            assertThat(crowd).hasSize(10);
            assertThat(crowd.subList(0, 4)).allMatch(one -> one.reason() == Reason.CONNECT_REFUSED);
            assertThat(crowd.subList(4, 10)).allMatch(one -> one.reason() == Reason.OVER_CAP);
            assertThat(handshakes).hasSize(10);

            Observation hosts = observe(prober, "2026-10", "hosts.reef.test");
            assertThat(hosts.mxHosts()).hasSize(15);
            assertThat(hosts.mxHosts().subList(0, 10)).allMatch(host -> host.addresses() == AddressStatus.NXDOMAIN);
            assertThat(hosts.mxHosts().subList(10, 15)).allMatch(host -> host.addresses() == AddressStatus.NOT_ASKED);
        }
    }

    @Test
    void aDomainThatIsNoNameIsAnErrorOnRecord() throws Exception {
        try (DomainProber prober = open(settings())) {
            Observation seen = observe(prober, "2026-10", "a..b");
            assertThat(seen.dns()).isEqualTo(MailDns.ERROR);
            assertThat(seen.dnsDetail()).isEqualTo("BAD_NAME");
        }
    }

    @Test
    void whatCannotBeOpenedIsToldInOneLine() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> open(settings().withTrustStore(missing)))
                .hasMessage("trust store " + missing + " does not exist");
        assertThatThrownBy(() -> open(settings().withOptOut(missing)))
                .hasMessage("opt-out file " + missing + " does not exist");
    }

    private EndpointObservation askWavering(String firstEhlo, String laterEhlo) throws Exception {
        try (LoopbackPeer peer = new WaveringPeer(block.at(3), CREDENTIAL, firstEhlo, laterEhlo).open();
                DomainProber prober = open(settings())) {
            EndpointObservation found = only(observe(prober, "2026-10", "wavering.reef.test"));
            assertThat(peer.connections()).isEqualTo(2);
            return found;
        }
    }

    private DomainProber open(ProbeSettings settings) throws IOException {
        return DomainProber.open(settings, handshake -> {
            handshakes.add(handshake);
            return CompletableFuture.completedFuture(null);
        });
    }

    private static Observation observe(DomainProber prober, String survey, String domain) throws Exception {
        return prober.observe(target(survey, domain)).get(20, TimeUnit.SECONDS);
    }

    private static EndpointObservation only(Observation seen) {
        assertThat(seen.mxHosts()).hasSize(1);
        assertThat(seen.mxHosts().get(0).endpoints()).hasSize(1);
        return seen.mxHosts().get(0).endpoints().get(0);
    }

    private static Target target(String survey, String domain) {
        return Target.of(survey, 0, domain, List.of());
    }

    private static ProbeSettings settings() {
        return ProbeSettings.defaults()
                .withResolvers(List.of(nsd.address()))
                .withSmtpPort(block.port())
                .withEhloName("probe.example")
                .withAllowPrivate(true)
                .withGap(Duration.ZERO)
                .withConfirmAfter(Duration.ofMillis(50));
    }
}
