package org.mailpulse.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.LegacyFacts;
import org.mailpulse.model.observation.NameMatch;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.TlsVersion;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.verdict.CertificateClass;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.model.verdict.Level;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.pace.OptOutList;
import org.mailpulse.probe.peer.OldTlsPeer;
import org.mailpulse.probe.peer.RawTlsPeer;
import org.mailpulse.probe.smtp.Bench;
import org.mailpulse.probe.smtp.SmtpFindings;
import org.mailpulse.probe.smtp.SmtpProber;
import org.mailpulse.probe.smtp.SmtpSettings;
import org.mailpulse.probe.tls.TlsClient;
import org.mailpulse.probe.tls.TrustStore;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.KeySpec;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.testbed.LoopbackBlock;
import org.mailpulse.testbed.peer.LoopbackPeer;
import org.mailpulse.testbed.peer.Starttls454Peer;
import org.mailpulse.testbed.server.Nsd;
import org.mailpulse.testbed.server.OpensslSmtpServer;

/** Servers of long ago, run by the JDK's own TLS in another JVM, and what is learnt of them. */
@Timeout(90)
class LegacyOfferTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final InetSocketAddress ANY = new InetSocketAddress(LOOPBACK, 0);
    private static final String SURVEY = "2026-11";
    private static final String HOST = "mx.old.test";

    private static final List<String> DISABLED_BEFORE = disabled();
    private static final List<Old> SERVERS = List.of(
            new Old("SSLv3", "SSL_RSA_WITH_RC4_128_SHA", chosen(TlsVersion.SSL_3, "TLS_RSA_WITH_RC4_128_SHA", 0)),
            new Old(
                    "SSLv3",
                    "SSL_RSA_WITH_3DES_EDE_CBC_SHA",
                    chosen(TlsVersion.SSL_3, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", 0)),
            new Old("TLSv1", "SSL_RSA_WITH_RC4_128_MD5", chosen(TlsVersion.TLS_1_0, "TLS_RSA_WITH_RC4_128_MD5", 0)),
            new Old(
                    "TLSv1",
                    "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
                    chosen(TlsVersion.TLS_1_0, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA", 1024)),
            new Old(
                    "TLSv1.1",
                    "SSL_DHE_RSA_WITH_3DES_EDE_CBC_SHA",
                    chosen(TlsVersion.TLS_1_1, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA", 1024)),
            new Old(
                    "TLSv1.1",
                    "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
                    new LegacyFacts(
                            TlsVersion.TLS_1_1,
                            "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
                            "x25519",
                            KeyExchange.ECDHE,
                            0,
                            null)),
            new Old(
                    "TLSv1.2",
                    "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                    chosen(TlsVersion.TLS_1_2, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", 1024)),
            new Old(
                    "TLSv1.2",
                    "TLS_DH_anon_WITH_AES_128_CBC_SHA",
                    chosen(TlsVersion.TLS_1_2, "TLS_DH_anon_WITH_AES_128_CBC_SHA", 1024)));

    private record Old(String version, String suite, LegacyFacts expected) {
        @Override
        public String toString() {
            return version + " " + suite;
        }
    }

    private static Process jvm;
    private static List<Integer> ports;

    @BeforeAll
    static void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.tls.ephemeralDHKeySize=1024",
                "-Dio.netty.tryReflectionSetAccessible=false",
                "-cp",
                System.getProperty("java.class.path"),
                OldTlsPeer.class.getName()));
        SERVERS.forEach(server -> command.add(server.version + "," + server.suite));
        jvm = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = jvm.inputReader(StandardCharsets.US_ASCII);
        ports = new ArrayList<>();
        while (ports.size() < SERVERS.size()) {
            String line = lines.readLine();
            assertThat(line).as("a port from the servers' JVM").isNotNull();
            ports.add(Integer.parseInt(line));
        }
    }

    @AfterAll
    static void stop() {
        if (jvm != null) {
            jvm.destroyForcibly();
        }
    }

    static Stream<Integer> servers() {
        return IntStream.range(0, SERVERS.size()).boxed();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServerOfOldFailsTheModernOfferAndIsKnownByWhatItChooses(int number) throws Exception {
        Handshake seen = handshake(ports.get(number));
        assertThat(seen.outcome()).isEqualTo(Outcome.TLS_FAILED);
        assertThat(seen.alert()).as("%s: %s", seen.reason(), seen.detail()).isNotNull();
        Old server = SERVERS.get(number);
        assertThat(seen.legacy()).as("%s: %s", seen.reason(), seen.detail()).isNotNull();
        assertThat(seen.legacy().withCertificate(null)).isEqualTo(server.expected());
        assertThat(seen.legacyOnly()).isTrue();
        assertThat(seen.summary().legacyOnly()).isTrue();
        assertThat(seen.certificate()).isNull();
        assertThat(seen.acceptsLegacy()).isNull();
        CertificateFacts shown = seen.legacy().certificate();
        if (server.suite.contains("_anon_")) {
            assertThat(shown).isNull();
        } else {
            assertThat(shown.subject()).isEqualTo("CN=" + HOST);
            assertThat(shown.keyType()).isEqualTo("RSA");
            assertThat(shown.keyBits()).isEqualTo(2048);
            assertThat(shown.nameMatch()).isEqualTo(NameMatch.SAN);
            assertThat(HostVerdict.judge(seen).legacyCertificateClass()).isEqualTo(CertificateClass.UNTRUSTED);
        }
    }

    @Test
    void theDomainOfSuchAServerIsLegacyOnlyAndStillUnprotected() throws Exception {
        LoopbackBlock block = LoopbackBlock.claim(1);
        String zone = """
                $ORIGIN old.test.
                @ 60 SOA ns hostmaster 1 3600 600 86400 60
                @ 60 NS ns
                @ 60 MX 10 mx
                mx 60 A 127.0.0.1
                """;
        try (Nsd nsd = Nsd.start(block.at(1), List.of(new Nsd.Zone("old.test", zone)));
                DomainProber prober = DomainProber.open(
                        settings(ports.get(0)).withResolvers(List.of(nsd.address())), HandshakeSink.NONE)) {
            DomainVerdict verdict = DomainJudge.judge(
                    prober.observe(Target.of(SURVEY, 0, "old.test", List.of())).get(30, TimeUnit.SECONDS));

            assertThat(verdict.legacyOnly()).isTrue();
            assertThat(verdict.level()).isEqualTo(Level.PLAINTEXT);
            assertThat(verdict.certificateClass()).isNull();
        }
    }

    static Stream<Arguments> modernServers() {
        return Stream.of(
                Arguments.of("TLSv1", TlsVersion.TLS_1_1),
                Arguments.of("TLSv1.1", TlsVersion.TLS_1_1),
                Arguments.of("TLSv1.2", null));
    }

    @ParameterizedTest
    @MethodSource("modernServers")
    void aServerThatTakesTheModernOfferIsAskedOnRequestWhetherItTakesAnOutdatedOneToo(String least, TlsVersion chosen)
            throws Exception {
        Credential credential =
                new CertificateForge(6).issue(LeafRequest.named(HOST).withKey(KeySpec.RSA_2048));
        try (OpensslSmtpServer server =
                OpensslSmtpServer.start(ANY, HOST, credential, "-min_protocol", least, "-cipher", "ALL:@SECLEVEL=0")) {
            int port = server.address().getPort();
            long before = server.connections();
            Handshake unasked = handshake(port);
            assertThat(unasked.acceptsLegacy()).isNull();
            assertThat(server.connections()).isEqualTo(before + 1);

            Handshake asked = handshake(port, settings -> settings.withLegacyOffer(true));
            assertThat(asked.outcome()).isEqualTo(Outcome.TLS_OK);
            assertThat(asked.tls().version()).isEqualTo(TlsVersion.TLS_1_3);
            assertThat(asked.legacyOnly()).isFalse();
            assertThat(asked.legacy()).isNull();
            assertThat(asked.acceptsLegacy()).isEqualTo(chosen != null);
            assertThat(
                            asked.acceptedLegacy() == null
                                    ? null
                                    : asked.acceptedLegacy().version())
                    .isEqualTo(chosen);
            assertThat(server.connections()).isEqualTo(before + 3);
        }
    }

    @Test
    void whoeverGivesNoAnswerToTheOutdatedOfferIsNotKnownToRefuseIt() throws Exception {
        try (LoopbackPeer silent = new RawTlsPeer(ANY, "").open()) {
            SmtpFindings found = outdated(silent.address(), Duration.ofMillis(300));
            assertThat(found.old().taken()).isNull();
        }
        try (LoopbackPeer alerting = new RawTlsPeer(ANY, "15030300020246").open()) { // protocol_version
            assertThat(outdated(alerting.address(), Duration.ofSeconds(10))
                            .old()
                            .taken())
                    .isFalse();
        }
        try (LoopbackPeer refusing = new Starttls454Peer(ANY, HOST).open()) {
            assertThat(outdated(refusing.address(), Duration.ofSeconds(10)).old())
                    .isNull();
        }
    }

    private static SmtpFindings outdated(InetSocketAddress at, Duration patience) throws Exception {
        try (Transport transport = Transport.open(1);
                TlsClient tls = new TlsClient()) {
            SmtpSettings settings = Bench.settings(at.getPort(), patience, Duration.ofSeconds(20));
            return new SmtpProber(transport, settings, tls)
                    .offerOutdated(at.getAddress(), HOST)
                    .get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void theWiderOfferIsMadeOnceAndOnlyAfterTheModernOneFailedTwice() throws Exception {
        try (LoopbackPeer alerting = new RawTlsPeer(ANY, "15030300020228").open()) {
            Handshake seen = handshake(alerting.address().getPort());
            assertThat(seen.legacy()).isNull();
            assertThat(seen.attempts()).isEqualTo(2);
            assertThat(alerting.connections()).isEqualTo(3);
        }
    }

    @Test
    void whereTlsIsRefusedInWordsNoWiderOfferIsMade() throws Exception {
        try (LoopbackPeer refusing = new Starttls454Peer(ANY, HOST).open()) {
            assertThat(handshake(refusing.address().getPort()).outcome()).isEqualTo(Outcome.TLS_FAILED);
            assertThat(refusing.connections()).isEqualTo(2);
        }
    }

    @Test
    void anAlertOfAnotherMeaningDoesNotAskForOlderTls() throws Exception {
        try (LoopbackPeer broken = new RawTlsPeer(ANY, "15030300020250").open()) { // internal_error
            assertThat(handshake(broken.address().getPort()).alert().number()).isEqualTo(80);
            assertThat(broken.connections()).isEqualTo(2);
        }
    }

    /** The restrictions are properties of a whole JVM: whoever lifts them for the probe lifts them for Kafka and HTTPS. */
    @Test
    void thisJvmLearnsToAcceptNothingOld() throws Exception {
        handshake(ports.get(0));
        assertThat(disabled())
                .isEqualTo(DISABLED_BEFORE)
                .contains("SSLv3", "TLSv1", "TLSv1.1", "RC4", "3DES_EDE_CBC", "anon");
        int tls10 = ports.get(3);
        try (Socket plain = new Socket(LOOPBACK, tls10);
                SSLSocket strict = startTls(plain)) {
            assertThatThrownBy(strict::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    private static SSLSocket startTls(Socket plain) throws Exception {
        BufferedReader in = new BufferedReader(new java.io.InputStreamReader(plain.getInputStream()));
        assertThat(in.readLine()).startsWith("220");
        plain.getOutputStream().write("STARTTLS\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(in.readLine()).startsWith("220");
        return (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket(plain, HOST, plain.getPort(), false);
    }

    private static Handshake handshake(int port) throws Exception {
        return handshake(port, settings -> settings);
    }

    private static Handshake handshake(int port, UnaryOperator<ProbeSettings> change) throws Exception {
        ConcurrentLinkedQueue<Handshake> seen = new ConcurrentLinkedQueue<>();
        ProbeSettings settings = change.apply(settings(port));
        HandshakeSink sink = handshake -> {
            seen.add(handshake);
            return CompletableFuture.completedFuture(null);
        };
        try (Instruments instruments =
                new Instruments(settings, OptOutList.EMPTY, TrustStore.load(null), null, sink, notice -> {})) {
            instruments.endpoints.probe(SURVEY, HOST, LOOPBACK).get(30, TimeUnit.SECONDS);
        }
        return seen.remove();
    }

    private static ProbeSettings settings(int port) {
        return ProbeSettings.defaults()
                .withResolver("127.0.0.1:9")
                .withSmtpPort(port)
                .withAllowPrivate(true)
                .withTxtOptOut(false)
                .withGap(Duration.ZERO)
                .withConfirmAfter(Duration.ofMillis(1));
    }

    private static LegacyFacts chosen(TlsVersion version, String suite, int dhBits) {
        return new LegacyFacts(version, suite, null, dhBits > 0 ? KeyExchange.DHE : KeyExchange.RSA, dhBits, null);
    }

    private static List<String> disabled() {
        return List.of(Security.getProperty("jdk.tls.disabledAlgorithms").split(",\\s*"));
    }
}
