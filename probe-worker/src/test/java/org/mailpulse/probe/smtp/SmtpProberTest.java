package org.mailpulse.probe.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.TlsVersion;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.peer.FloodPeer;
import org.mailpulse.probe.peer.HangingInTlsPeer;
import org.mailpulse.probe.peer.JsseSmtpPeer;
import org.mailpulse.probe.peer.RawTlsPeer;
import org.mailpulse.probe.peer.ResettingPeer;
import org.mailpulse.probe.peer.ScriptedPeer;
import org.mailpulse.probe.peer.TarpitPeer;
import org.mailpulse.probe.tls.TlsClient;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.testbed.peer.ClosingAtStarttlsPeer;
import org.mailpulse.testbed.peer.ClosingPeer;
import org.mailpulse.testbed.peer.GarbagePeer;
import org.mailpulse.testbed.peer.HeloOnlyPeer;
import org.mailpulse.testbed.peer.LoopbackPeer;
import org.mailpulse.testbed.peer.MaskedStarttlsPeer;
import org.mailpulse.testbed.peer.NotTlsAfterStarttlsPeer;
import org.mailpulse.testbed.peer.RefusingPeer;
import org.mailpulse.testbed.peer.SilentPeer;
import org.mailpulse.testbed.peer.Starttls454Peer;

@Timeout(60)
class SmtpProberTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String NAME = "mx.jsse.test";
    private static final Credential CREDENTIAL = new CertificateForge(3).issue(LeafRequest.named(NAME));
    private static final Duration SHORT = Duration.ofMillis(600);

    private static Transport transport;
    private static TlsClient tls;

    @BeforeAll
    static void open() {
        transport = Transport.open(1);
        tls = new TlsClient();
    }

    @AfterAll
    static void close() {
        transport.close();
        tls.close();
    }

    interface PeerMaker {
        LoopbackPeer make() throws IOException;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviours")
    void aMisbehavingServerGetsItsOutcome(String what, PeerMaker maker, Outcome outcome, Reason reason)
            throws Exception {
        try (LoopbackPeer peer = maker.make().open()) {
            SmtpFindings found = probe(peer.address(), settings(peer.address().getPort()));
            assertThat(found.outcome())
                    .as("reason: %s %s", found.reason(), found.detail())
                    .isEqualTo(outcome);
            assertThat(found.reason()).as("detail: %s", found.detail()).isEqualTo(reason);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    /** Which of the two the kernel reports first is a race. */
    @RepeatedTest(100)
    void aResetIsToldWhetherItOvertakesTheConnectionOrNot() throws Exception {
        try (LoopbackPeer peer = new ResettingPeer(ANY).open()) {
            SmtpFindings found = probe(peer.address(), settings(peer.address().getPort()));
            assertThat(found.reason()).isEqualTo(Reason.RESET_BEFORE_GREETING);
        }
    }

    static Stream<Arguments> misbehaviours() {
        return Stream.of(
                behaviour("is silent", () -> new SilentPeer(ANY), Outcome.UNREACHABLE, Reason.GREETING_TIMEOUT),
                behaviour(
                        "drips its greeting", () -> new TarpitPeer(ANY), Outcome.UNREACHABLE, Reason.GREETING_TIMEOUT),
                behaviour(
                        "hangs up at once",
                        () -> new ClosingPeer(ANY),
                        Outcome.SMTP_REFUSED,
                        Reason.CLOSED_BEFORE_GREETING),
                behaviour(
                        "resets at once",
                        () -> new ResettingPeer(ANY),
                        Outcome.SMTP_REFUSED,
                        Reason.RESET_BEFORE_GREETING),
                behaviour(
                        "refuses for good",
                        () -> new RefusingPeer(ANY, "554 5.7.1 no"),
                        Outcome.SMTP_REFUSED,
                        Reason.GREETING_REFUSED_5XX),
                behaviour(
                        "refuses for now",
                        () -> new RefusingPeer(ANY, "421 4.7.0 later"),
                        Outcome.SMTP_REFUSED,
                        Reason.GREETING_REFUSED_4XX),
                behaviour("speaks HTTP", () -> new GarbagePeer(ANY), Outcome.NOT_SMTP, Reason.NOT_SMTP_GREETING),
                behaviour(
                        "greets without an end",
                        () -> new FloodPeer(ANY, "220-more\r\n"),
                        Outcome.NOT_SMTP,
                        Reason.NOT_SMTP_GREETING),
                behaviour(
                        "greets in one endless line",
                        () -> new FloodPeer(ANY, "220 more and"),
                        Outcome.NOT_SMTP,
                        Reason.NOT_SMTP_GREETING),
                behaviour(
                        "greets with an odd code",
                        () -> scripted("250 hello", null, null),
                        Outcome.NOT_SMTP,
                        Reason.NOT_SMTP_GREETING),
                behaviour(
                        "mixes codes in its greeting",
                        () -> scripted("220-a\n250 b", null, null),
                        Outcome.NOT_SMTP,
                        Reason.NOT_SMTP_GREETING),
                behaviour("knows only HELO", () -> new HeloOnlyPeer(ANY, NAME), Outcome.NOT_OFFERED, Reason.HELO_ONLY),
                behaviour(
                        "offers no STARTTLS",
                        () -> scripted(null, "250-x\n250 8BITMIME", null),
                        Outcome.NOT_OFFERED,
                        Reason.NONE),
                behaviour(
                        "names STARTTLS in another keyword's parameters only",
                        () -> scripted(null, "250-x\n250-XSTARTTLS\n250 AUTH STARTTLS", null),
                        Outcome.NOT_OFFERED,
                        Reason.NONE),
                behaviour(
                        "masks the keyword",
                        () -> new MaskedStarttlsPeer(ANY, NAME),
                        Outcome.STRIP_SUSPECT,
                        Reason.MASKED_KEYWORD),
                behaviour(
                        "refuses EHLO for now",
                        () -> scripted(null, "451 4.3.0 later", null),
                        Outcome.SMTP_REFUSED,
                        Reason.EHLO_REFUSED),
                behaviour(
                        "answers EHLO with nonsense",
                        () -> scripted(null, "hello yourself", null),
                        Outcome.NOT_SMTP,
                        Reason.NOT_SMTP_REPLY),
                behaviour(
                        "answers EHLO with another 2xx",
                        () -> scripted(null, "211 fine", null),
                        Outcome.NOT_SMTP,
                        Reason.NOT_SMTP_REPLY),
                behaviour(
                        "never ends its capability list",
                        () -> scripted(null, "250-x\n250-STARTTLS", null),
                        Outcome.SMTP_REFUSED,
                        Reason.EHLO_TIMEOUT),
                behaviour(
                        "offers and says 454",
                        () -> new Starttls454Peer(ANY, NAME),
                        Outcome.TLS_FAILED,
                        Reason.STARTTLS_REFUSED_4XX),
                behaviour(
                        "offers and says 502",
                        () -> scripted(null, null, "502 5.5.1 no"),
                        Outcome.TLS_FAILED,
                        Reason.STARTTLS_REFUSED_5XX),
                behaviour(
                        "offers and says 250",
                        () -> scripted(null, null, "250 sure"),
                        Outcome.TLS_FAILED,
                        Reason.STARTTLS_NOT_SMTP),
                behaviour(
                        "offers and says nothing of use",
                        () -> scripted(null, null, "go on"),
                        Outcome.TLS_FAILED,
                        Reason.STARTTLS_NOT_SMTP),
                behaviour(
                        "offers and never ends its reply",
                        () -> scripted(null, null, "454-wait"),
                        Outcome.TLS_FAILED,
                        Reason.STARTTLS_TIMEOUT),
                behaviour(
                        "hangs up instead of the handshake",
                        () -> new ClosingAtStarttlsPeer(ANY, NAME),
                        Outcome.TLS_FAILED,
                        Reason.HANDSHAKE_CLOSED),
                behaviour(
                        "goes on in plain text",
                        () -> new NotTlsAfterStarttlsPeer(ANY, NAME),
                        Outcome.TLS_FAILED,
                        Reason.HANDSHAKE_NOT_TLS),
                behaviour(
                        "answers the ClientHello with other bytes",
                        () -> new RawTlsPeer(ANY, "0001020304050607"),
                        Outcome.TLS_FAILED,
                        Reason.HANDSHAKE_NOT_TLS),
                behaviour(
                        "hangs in the handshake",
                        () -> new RawTlsPeer(ANY, ""),
                        Outcome.TLS_FAILED,
                        Reason.HANDSHAKE_TIMEOUT),
                behaviour(
                        "alerts",
                        () -> new RawTlsPeer(ANY, "15030300020228"),
                        Outcome.TLS_FAILED,
                        Reason.HANDSHAKE_ALERT),
                behaviour(
                        "sends a broken ServerHello",
                        () -> new RawTlsPeer(ANY, "160303000802000004030300ff"),
                        Outcome.TLS_FAILED,
                        Reason.HANDSHAKE_FAILED),
                behaviour(
                        "falls silent inside TLS",
                        () -> new HangingInTlsPeer(ANY, CREDENTIAL),
                        Outcome.TLS_OK,
                        Reason.NONE));
    }

    @Test
    void nobodyListening() throws Exception {
        InetSocketAddress closed;
        try (LoopbackPeer peer = new SilentPeer(ANY)) {
            closed = peer.address();
        }
        SmtpFindings found = probe(closed, settings(closed.getPort()));
        assertThat(found.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(found.reason()).isEqualTo(Reason.CONNECT_REFUSED);
        assertThat(found.timings().connected()).isEqualTo(-1);
    }

    @Test
    void theWholeProbeHasADeadlineOfItsOwn() throws Exception {
        try (LoopbackPeer peer = new SilentPeer(ANY).open()) {
            SmtpSettings base = settings(peer.address().getPort());
            SmtpSettings hasty = new SmtpSettings(
                    base.port(),
                    base.ehloName(),
                    true,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(300));
            SmtpFindings found = probe(peer.address(), hasty);
            assertThat(found.outcome()).isEqualTo(Outcome.UNREACHABLE);
            assertThat(found.reason()).isEqualTo(Reason.PROBE_TIMEOUT);
            assertThat(found.timings().ended()).isBetween(290, 5_000);
        }
    }

    @Test
    void aNonPublicAddressIsLeftAtOnceUnlessAllowed() throws Exception {
        try (LoopbackPeer peer = new SilentPeer(ANY).open()) {
            SmtpSettings base = settings(peer.address().getPort());
            SmtpSettings strict = new SmtpSettings(
                    base.port(),
                    base.ehloName(),
                    false,
                    base.connect(),
                    base.greeting(),
                    base.reply(),
                    base.handshake(),
                    base.whole());
            SmtpFindings found = probe(peer.address(), strict);
            assertThat(found.outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(found.reason()).isEqualTo(Reason.BLOCKED_ADDRESS);
        }
    }

    @Test
    void aProperServerTellsAll() throws Exception {
        try (JsseSmtpPeer peer = new JsseSmtpPeer(ANY, CREDENTIAL, "", "")) {
            peer.open();
            SmtpFindings found = probe(peer.address(), settings(peer.address().getPort()));
            assertThat(found.outcome()).isEqualTo(Outcome.TLS_OK);
            assertThat(found.reason()).isEqualTo(Reason.NONE);
            assertThat(found.banner()).isEqualTo("mx.jsse.test ESMTP");
            assertThat(found.serverName()).isEqualTo("mx.jsse.test");
            assertThat(found.capabilities()).containsExactly("8BITMIME", "STARTTLS");
            assertThat(found.capabilitiesInTls()).containsExactly("SIZE 1000", "AUTH PLAIN");
            assertThat(found.injectedPlaintext()).isFalse();
            assertThat(found.secured().facts().version()).isEqualTo(TlsVersion.TLS_1_3);
            assertThat(found.secured().facts().group()).isEqualTo("x25519");
            assertThat(found.secured().facts().keyExchange()).isEqualTo(KeyExchange.ECDHE);
            assertThat(found.secured().chain())
                    .containsExactly(
                            CREDENTIAL.chain().get(0).getEncoded(),
                            CREDENTIAL.chain().get(1).getEncoded());
            assertThat(peer.serverName()).isEqualTo(NAME);
            assertThat(found.timings().ended())
                    .isGreaterThanOrEqualTo(found.timings().secured());
            assertThat(found.timings().secured())
                    .isGreaterThanOrEqualTo(found.timings().capabilities());
            assertThat(found.timings().capabilities())
                    .isGreaterThanOrEqualTo(found.timings().greeted());
            assertThat(found.timings().greeted())
                    .isGreaterThanOrEqualTo(found.timings().connected());
        }
    }

    @Test
    void textInTheSamePacketAsThe220IsFlaggedAndKeptOutOfTls() throws Exception {
        assertInjected(new JsseSmtpPeer(ANY, CREDENTIAL, "250-injected\n250 STARTTLS", ""));
    }

    @Test
    void textBeforeTheHandshakeIsFlaggedAndKeptOutOfTls() throws Exception {
        assertInjected(new JsseSmtpPeer(ANY, CREDENTIAL, "", "250 injected\n250 twice"));
    }

    private static void assertInjected(JsseSmtpPeer injecting) throws Exception {
        try (JsseSmtpPeer peer = injecting) {
            peer.open();
            SmtpFindings found = probe(peer.address(), settings(peer.address().getPort()));
            assertThat(found.outcome()).isEqualTo(Outcome.TLS_OK);
            assertThat(found.injectedPlaintext()).isTrue();
            assertThat(found.capabilitiesInTls()).containsExactly("SIZE 1000", "AUTH PLAIN");
        }
    }

    @Test
    void theAlertIsNamed() throws Exception {
        try (LoopbackPeer peer = new RawTlsPeer(ANY, "15030300020246").open()) {
            assertThat(probe(peer.address(), settings(peer.address().getPort())).detail())
                    .isEqualTo("protocol_version(70)");
        }
    }

    private static SmtpFindings probe(InetSocketAddress at, SmtpSettings settings) throws Exception {
        return new SmtpProber(transport, settings, tls)
                .probe(at.getAddress(), NAME)
                .get(20, TimeUnit.SECONDS);
    }

    private static SmtpSettings settings(int port) {
        return new SmtpSettings(
                port, "probe.example", true, SHORT, SHORT, SHORT, SHORT.plusMillis(400), Duration.ofSeconds(10));
    }

    private static ScriptedPeer scripted(String greeting, String ehlo, String starttls) throws IOException {
        return new ScriptedPeer(ANY, greeting, ehlo, starttls);
    }

    private static Arguments behaviour(String what, PeerMaker maker, Outcome outcome, Reason reason) {
        return Arguments.of(what, maker, outcome, reason);
    }
}
