package org.mailpulse.probe.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.verdict.CertificateClass;
import org.mailpulse.model.verdict.CertificateJudge;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.smtp.Bench;
import org.mailpulse.probe.smtp.SmtpFindings;
import org.mailpulse.probe.smtp.SmtpProber;
import org.mailpulse.probe.tls.ChainReader;
import org.mailpulse.probe.tls.TlsClient;
import org.mailpulse.probe.tls.TrustStore;
import org.mailpulse.probe.torture.Behaviours.Behaviour;

@Timeout(60)
class TortureTest {
    private static final Tls TLS = new Tls();

    private static final List<Behaviour> ALL = Behaviours.all(TLS);
    private static final Duration STEP = Duration.ofSeconds(1);

    @TempDir
    static Path folder;

    private static HostileServer server;
    private static Transport transport;
    private static TlsClient client;
    private static ChainReader chains;
    private static final Map<Behaviour, CompletableFuture<SmtpFindings>> FOUND = new HashMap<>();
    private static final Map<Behaviour, CompletableFuture<SmtpFindings>> FOUND_WIDELY = new HashMap<>();

    /** All are asked at once: most of the time goes by in waiting. */
    @BeforeAll
    static void askAll() throws IOException {
        server = new HostileServer();
        transport = Transport.open(2);
        client = new TlsClient();
        chains = new ChainReader(
                TrustStore.load(TLS.writeTrustStore(folder.resolve("ca.pem"))), Clock.systemUTC(), Runnable::run);
        for (Behaviour behaviour : ALL) {
            InetSocketAddress at = server.serve(behaviour.manner());
            SmtpProber prober =
                    new SmtpProber(transport, Bench.settings(at.getPort(), STEP, STEP.multipliedBy(8)), client);
            FOUND.put(behaviour, prober.probe(at.getAddress(), Tls.HOST));
            FOUND_WIDELY.put(behaviour, prober.offerWidely(at.getAddress(), Tls.HOST));
        }
    }

    @AfterAll
    static void close() {
        server.close();
        transport.close();
        client.close();
    }

    static List<Behaviour> behaviours() {
        return ALL;
    }

    @Test
    void thereAreManyWaysToMisbehave() {
        assertThat(behaviours().stream().map(Behaviour::name))
                .hasSizeGreaterThan(80)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void aServerThat(Behaviour behaviour) throws Exception {
        SmtpFindings found = FOUND.get(behaviour).get(20, TimeUnit.SECONDS);

        assertThat(found.outcome()).as("%s %s", found.reason(), found.detail()).isEqualTo(behaviour.outcome());
        assertThat(found.reason()).as("%s", found.detail()).isEqualTo(behaviour.reason());
        assertThat(found.secured() == null ? null : certificate(found)).isEqualTo(behaviour.certificate());
    }

    /** The wide offer meets the same servers, and must come to an end with each. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("handshakes")
    void theWideOfferBears(Behaviour behaviour) throws Exception {
        boolean chooses = behaviour.name().startsWith("chooses SSLv3")
                || behaviour.name().startsWith("chooses RC4")
                || behaviour.name().startsWith("sends a certificate of");

        SmtpFindings found = FOUND_WIDELY.get(behaviour).get(20, TimeUnit.SECONDS);

        assertThat(found.outcome()).isEqualTo(Outcome.TLS_FAILED);
        assertThat(found.legacy() != null).as("%s", found.legacy()).isEqualTo(chooses);
    }

    static List<Behaviour> handshakes() {
        return behaviours().stream()
                .filter(behaviour -> behaviour.reason().name().startsWith("HANDSHAKE_"))
                .toList();
    }

    @Test
    void thePostQuantumGroupIsTakenWhereItIsOffered() throws Exception {
        SmtpFindings found = found("has a post-quantum group");
        assertThat(found.secured().facts().group()).isEqualTo("X25519MLKEM768");
        assertThat(found.secured().facts().keyExchange().name()).isEqualTo("HYBRID_PQ");
    }

    @Test
    void afterARetryRequestTheGroupIsTheOneThatTheServerWanted() throws Exception {
        SmtpFindings found = found("wants another group first");
        assertThat(found.secured().facts().group()).isEqualTo("secp384r1");
    }

    private static SmtpFindings found(String name) throws Exception {
        Behaviour named = ALL.stream()
                .filter(behaviour -> behaviour.name().equals(name))
                .findFirst()
                .orElseThrow();
        return FOUND.get(named).get(20, TimeUnit.SECONDS);
    }

    private static CertificateClass certificate(SmtpFindings found) throws Exception {
        CertificateFacts leaf = chains.read(found.secured().chain(), Tls.HOST)
                .get(10, TimeUnit.SECONDS)
                .leaf();
        return CertificateClass.of(CertificateJudge.flags(leaf, found.at()));
    }
}
