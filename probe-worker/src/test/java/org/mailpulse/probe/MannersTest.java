package org.mailpulse.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.verdict.Adoption;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.probe.peer.JsseSmtpPeer;
import org.mailpulse.probe.peer.WaveringPeer;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.testbed.LoopbackBlock;
import org.mailpulse.testbed.peer.LoopbackPeer;
import org.mailpulse.testbed.peer.SmtpPeer;
import org.mailpulse.testbed.server.Nsd;

/** Pace, opt-out by TXT record, deny list, own name and canaries, with real servers on loopback. */
@Timeout(60)
class MannersTest {
    private static final Credential CREDENTIAL = new CertificateForge(4).issue(LeafRequest.named("mx.reef.test"));

    /** Addresses that nobody may be led to, in every disguise. */
    private static final List<String> FORBIDDEN = List.of(
            "A 127.0.0.1",
            "A 169.254.169.254",
            "A 10.0.0.1",
            "A 100.64.0.1",
            "A 224.0.0.1",
            "A 192.0.2.1",
            "AAAA ::1",
            "AAAA fe80::1",
            "AAAA ::ffff:7f00:1",
            "AAAA ::7f00:1",
            "AAAA ::ffff:0:a9fe:a9fe",
            "AAAA 64:ff9b::a9fe:a9fe",
            "AAAA 64:ff9b:1::7f00:1",
            "AAAA 2002:7f00:1::1",
            "AAAA 2001:0:7f00:1::1",
            "AAAA 2001:db8::1");

    /** MX hosts at one address. */
    private static final int BUSY = 12;

    private static LoopbackBlock block;
    private static Nsd nsd;
    private static LoopbackPeer mail;

    private final ConcurrentLinkedQueue<Handshake> handshakes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> notices = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() throws IOException {
        block = LoopbackBlock.claim(9);
        StringBuilder zone = new StringBuilder("""
                $ORIGIN reef.test.
                $TTL 60
                @ SOA ns hostmaster 1 3600 600 86400 60
                @ NS ns
                mx A %1$s.2
                canary A %1$s.3
                busy A %1$s.4
                plain A %1$s.5
                asked MX 10 mx
                refuses MX 10 mx
                _mailpulse.refuses TXT " Opt-Out "
                _mta-sts.refuses TXT "v=STSv1; id=1"
                mta-sts.refuses A %1$s.2
                other MX 10 mx
                _mailpulse.other TXT "opt-in" "v=spf1 -all"
                shy MX 10 shy-mx
                shy-mx A %1$s.2
                _mailpulse.shy-mx TXT "opt-out"
                owned MX 10 mx.owner.test.
                late MX 10 late-mx
                late-mx A %1$s.2
                without MX 10 plain
                """.formatted(block.prefix()));
        IntStream.range(0, BUSY)
                .forEach(i ->
                        zone.append("busy" + i + " MX 10 host" + i + "\nhost" + i + " A " + block.prefix() + ".4\n"));
        IntStream.range(0, FORBIDDEN.size()).forEach(i -> zone.append("""
                forbidden%1$d MX 10 nowhere%1$d
                nowhere%1$d %2$s
                _mta-sts.forbidden%1$d TXT "v=STSv1; id=1"
                mta-sts.forbidden%1$d %2$s
                """.formatted(i, FORBIDDEN.get(i))));
        String owner = """
                $ORIGIN owner.test.
                $TTL 60
                @ SOA ns.reef.test. hostmaster 1 3600 600 86400 60
                @ NS ns.reef.test.
                _mailpulse TXT "opt-out"
                mx A %s.2
                """.formatted(block.prefix());
        nsd = Nsd.start(
                block.at(1), List.of(new Nsd.Zone("reef.test", zone.toString()), new Nsd.Zone("owner.test", owner)));
    }

    @AfterAll
    static void stop() {
        nsd.close();
    }

    @BeforeEach
    void open() throws IOException {
        mail = new JsseSmtpPeer(block.at(2), CREDENTIAL, "", "").open();
    }

    @AfterEach
    void close() {
        mail.close();
    }

    @Test
    void whoSaysSoInDnsIsLeftAlone() throws Exception {
        try (DomainProber prober = open(settings())) {
            Observation refuses = observe(prober, "refuses");
            assertThat(only(refuses).reason()).isEqualTo(Reason.OPTED_OUT);
            assertThat(refuses.mtaSts()).isEqualTo(MtaStsFinding.NOT_MEASURED);
            assertThat(only(observe(prober, "shy")).reason()).as("its MX host").isEqualTo(Reason.OPTED_OUT);
            assertThat(only(observe(prober, "owned")).reason())
                    .as("the registrable domain of its MX host")
                    .isEqualTo(Reason.OPTED_OUT);
            assertThat(mail.connections()).isZero();
            assertThat(only(observe(prober, "other")).outcome()).isEqualTo(Outcome.TLS_OK);
            assertThat(mail.connections()).isEqualTo(1);
        }
        try (DomainProber deaf = open(settings().withTxtOptOut(false))) {
            assertThat(only(observe(deaf, "refuses")).outcome()).isEqualTo(Outcome.TLS_OK);
        }
    }

    @Test
    void aServerThatPutsUsOffIsAskedEverMoreRarely() throws Exception {
        try (LoopbackPeer busy = new Saying(block.at(4), "421 4.7.0 too many connections", "250 busy").open();
                DomainProber prober = open(settings().withGap(Duration.ofMillis(50)))) {
            long start = System.nanoTime();
            List<CompletableFuture<Observation>> running = IntStream.range(0, 5)
                    .mapToObj(i -> prober.observe(target("busy" + i)))
                    .toList();
            for (CompletableFuture<Observation> one : running) {
                assertThat(only(one.get(20, TimeUnit.SECONDS)).reason()).isEqualTo(Reason.GREETING_REFUSED_4XX);
            }
            assertThat(busy.connections()).isEqualTo(5);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("two may be on their way before the first complaint; then 100, 200, 400 ms or more")
                    .isGreaterThan(Duration.ofMillis(500));
        }
    }

    @Test
    void whoPutsOffEverybodyIsSparedTheRest() throws Exception {
        try (LoopbackPeer busy = new Saying(block.at(4), "450 4.7.0 later", "250 busy").open();
                DomainProber prober = open(settings().withGap(Duration.ofMillis(10)))) {
            List<CompletableFuture<Observation>> running = IntStream.range(0, BUSY)
                    .mapToObj(i -> prober.observe(target("busy" + i)))
                    .toList();
            List<Reason> reasons = new ArrayList<>();
            for (CompletableFuture<Observation> one : running) {
                reasons.add(only(one.get(20, TimeUnit.SECONDS)).reason());
            }
            assertThat(busy.connections())
                    .as("eight, and one beside the eighth")
                    .isBetween(8, 9);
            assertThat(reasons).containsOnly(Reason.GREETING_REFUSED_4XX, Reason.BACKED_OFF);
        }
    }

    @Test
    void nobodyIsLedToAForbiddenAddressHoweverItIsDisguised() throws Exception {
        try (DomainProber prober = open(settings().withAllowPrivate(false).withPolicyPort(block.port()))) {
            for (int i = 0; i < FORBIDDEN.size(); i++) {
                Observation seen = observe(prober, "forbidden" + i);
                assertThat(only(seen).reason()).as(FORBIDDEN.get(i)).isEqualTo(Reason.BLOCKED_ADDRESS);
                assertThat(seen.mtaSts().status())
                        .as(FORBIDDEN.get(i))
                        .isEqualTo(MtaStsFinding.Status.POLICY_UNREACHABLE);
            }
            assertThat(prober.stats().connections()).isZero();
        }
    }

    @Test
    void aNameInEhloThatLeadsNowhereIsToldOnce() throws Exception {
        try (DomainProber prober = open(settings().withAllowPrivate(false).withEhloName("Nobody.reef.test"))) {
            await(() -> !notices.isEmpty());
            observe(prober, "forbidden0");
            assertThat(notices)
                    .containsExactly(
                            "our name in EHLO, Nobody.reef.test, has no address in DNS (NXDOMAIN): those who are"
                                    + " asked cannot find out who asks; choose one that resolves with --ehlo-name");
        }
    }

    @Test
    void aNameInEhloThatResolvesIsNotSpokenOfNorOneInALaboratory() throws Exception {
        try (DomainProber found = open(settings().withAllowPrivate(false).withEhloName("mx.reef.test"));
                DomainProber literal = open(settings().withAllowPrivate(false).withEhloName("[192.0.2.1]"));
                DomainProber laboratory = open(settings().withEhloName("nobody.reef.test"))) {
            for (DomainProber prober : List.of(found, literal, laboratory)) {
                observe(prober, "forbidden0");
            }
            await(() -> found.stats().dnsInFlight() == 0);
            assertThat(notices).isEmpty();
        }
    }

    @Test
    void theCanaryIsAskedBeforeAnybodyElse() throws Exception {
        try (LoopbackPeer canary = new JsseSmtpPeer(block.at(3), CREDENTIAL, "", "").open();
                LoopbackPeer plain = new Saying(block.at(5), "220 plain", "250 plain").open();
                DomainProber prober = open(watching(Duration.ofMillis(400)))) {
            assertThat(only(observe(prober, "asked")).outcome()).isEqualTo(Outcome.TLS_OK);
            assertThat(canary.connections()).isEqualTo(1);
            assertThat(only(observe(prober, "without")).outcome())
                    .as("a no that a later look at the canary vouches for")
                    .isEqualTo(Outcome.NOT_OFFERED);
            assertThat(canary.connections()).isGreaterThan(1);
            assertThat(plain.connections()).isEqualTo(2);
            assertThat(handshakes).as("canaries are no part of the survey").hasSize(2);
            assertThat(notices).isEmpty();
        }
    }

    @Test
    void ifTheCanaryIsOutOfReachNobodyElseIsAsked() throws Exception {
        try (DomainProber prober = open(watching(Duration.ofMillis(400)))) {
            Observation seen = observe(prober, "asked");
            assertThat(only(seen).outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(only(seen).reason()).isEqualTo(Reason.VANTAGE_QUARANTINED);
            DomainVerdict verdict = DomainJudge.judge(seen);
            assertThat(verdict.adoption()).isEqualTo(Adoption.UNKNOWN);
            assertThat(verdict.reason()).isEqualTo("VANTAGE_QUARANTINED");
            assertThat(mail.connections()).isZero();
            assertThat(notices).singleElement().asString().contains("canary.reef.test: CONNECT_REFUSED");
        }
    }

    @Test
    void aNoFromBeforeTheStrippingShowedIsNotBelieved() throws Exception {
        try (LoopbackPeer plain = new Saying(block.at(5), "220 plain", "250 plain").open();
                LoopbackPeer canary =
                        new WaveringPeer(block.at(3), CREDENTIAL, "250-canary\n250 STARTTLS", "250 canary").open();
                DomainProber prober = open(watching(Duration.ofSeconds(4)))) {
            observe(prober, "asked");
            assertThat(canary.connections()).isEqualTo(1);
            Observation seen = observe(prober, "without");
            assertThat(only(seen).reason()).isEqualTo(Reason.VANTAGE_QUARANTINED);
            assertThat(canary.connections())
                    .as("asked twice before it is called ill")
                    .isEqualTo(3);
            assertThat(plain.connections()).isEqualTo(2);
            assertThat(handshakes).last().satisfies(handshake -> {
                assertThat(handshake.outcome()).isEqualTo(Outcome.SKIPPED);
                assertThat(handshake.detail()).as("what was seen is kept").isEqualTo("NOT_OFFERED");
            });
            assertThat(notices).singleElement().asString().contains("something on our own way seems to remove it");
        }
    }

    @Test
    void theQuarantineEndsWhenTheCanaryIsWellAgain() throws Exception {
        try (DomainProber prober = open(watching(Duration.ofMillis(400)))) {
            assertThat(only(observe(prober, "asked")).reason()).isEqualTo(Reason.VANTAGE_QUARANTINED);
            try (LoopbackPeer canary = new JsseSmtpPeer(block.at(3), CREDENTIAL, "", "").open()) {
                await(() -> {
                    prober.observe(target("asked")); // there must be work for the canary to be looked at
                    return notices.size() == 2;
                });
                assertThat(canary.connections()).isPositive();
                assertThat(only(observe(prober, "late")).outcome()).isEqualTo(Outcome.TLS_OK);
            }
            assertThat(notices).last().asString().contains("is lifted: canary canary.reef.test is well again");
        }
    }

    /** Speaks, but offers no TLS. */
    private static final class Saying extends SmtpPeer {
        private final String greeting;
        private final String ehlo;

        Saying(InetSocketAddress at, String greeting, String ehlo) throws IOException {
            super(at, "plain.reef.test");
            this.greeting = greeting;
            this.ehlo = ehlo;
        }

        @Override
        protected String greeting() {
            return greeting;
        }

        @Override
        protected String ehlo() {
            return ehlo;
        }
    }

    private DomainProber open(ProbeSettings settings) throws IOException {
        return DomainProber.open(
                settings,
                handshake -> {
                    handshakes.add(handshake);
                    return CompletableFuture.completedFuture(null);
                },
                notices::add);
    }

    private static Observation observe(DomainProber prober, String name) throws Exception {
        return prober.observe(target(name)).get(20, TimeUnit.SECONDS);
    }

    private static Target target(String name) {
        return Target.of("2026-11", 0, name + ".reef.test", List.of());
    }

    private static EndpointObservation only(Observation seen) {
        assertThat(seen.mxHosts()).hasSize(1);
        List<EndpointObservation> endpoints = seen.mxHosts().stream()
                .map(MxHostObservation::endpoints)
                .toList()
                .get(0);
        assertThat(endpoints).hasSize(1);
        return endpoints.get(0);
    }

    private static ProbeSettings watching(Duration every) {
        return settings().withCanaries(List.of("canary.reef.test")).withCanaryEvery(every);
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

    /** The test's own time-out ends it if the condition never holds. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
