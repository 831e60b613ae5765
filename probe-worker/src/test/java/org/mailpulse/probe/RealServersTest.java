package org.mailpulse.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.LegacyFacts;
import org.mailpulse.model.observation.NameMatch;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.TlsFacts;
import org.mailpulse.model.observation.TlsVersion;
import org.mailpulse.probe.smtp.Bench;
import org.mailpulse.probe.smtp.SmtpFindings;
import org.mailpulse.probe.tls.ChainReader;
import org.mailpulse.probe.tls.OpensslClient;
import org.mailpulse.probe.tls.TrustStore;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.KeySpec;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.testbed.LoopbackBlock;
import org.mailpulse.testbed.server.Exim;
import org.mailpulse.testbed.server.OpenSmtpd;
import org.mailpulse.testbed.server.Postfix;
import org.mailpulse.testbed.server.Program;

/** Postfix, Exim and OpenSMTPD, as the prober, OpenSSL and sslscan see them. */
@Timeout(120)
class RealServersTest {
    private static final String NAME = "mx.real.test";
    private static final Map<String, String> SSLSCAN_GROUPS =
            Map.of("x25519", "Curve 25519", "secp384r1", "Curve P-384", "secp256r1", "Curve P-256");
    private static final CertificateForge FORGE = new CertificateForge(23);
    private static final Credential RSA = FORGE.issue(LeafRequest.named(NAME).withKey(KeySpec.RSA_2048));
    private static final Credential EC = FORGE.issue(LeafRequest.named(NAME));

    private static Bench bench;
    private static LoopbackBlock block;
    private static ChainReader chains;

    @TempDir
    static Path folder;

    @BeforeAll
    static void open() throws IOException {
        bench = new Bench();
        block = LoopbackBlock.claim(9);
        chains = new ChainReader(
                TrustStore.load(FORGE.writeTrustStore(folder.resolve("ca.pem"))), Clock.systemUTC(), Runnable::run);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void postfix() throws Exception {
        try (Postfix server = Postfix.start(List.of(listener(1, EC)))) {
            assertThat(server).isNotNull();
            assertAgreement(block.at(1), TlsVersion.TLS_1_3, "PIPELINING");
        }
    }

    @Test
    void exim() throws Exception {
        try (Exim server = Exim.start(listener(2, RSA), "NORMAL")) {
            assertThat(server).isNotNull();
            assertAgreement(block.at(2), TlsVersion.TLS_1_3, "PIPELINING");
        }
    }

    @Test
    void eximWithTls12() throws Exception {
        try (Exim server = Exim.start(
                listener(3, RSA),
                "NORMAL:-VERS-TLS-ALL:+VERS-TLS1.2:-GROUP-ALL:+GROUP-SECP384R1:-CIPHER-ALL:+AES-256-GCM")) {
            assertThat(server).isNotNull();
            assertAgreement(block.at(3), TlsVersion.TLS_1_2, "PIPELINING");
        }
    }

    @Test
    void openSmtpd() throws Exception {
        try (OpenSmtpd server = OpenSmtpd.start(listener(4, RSA))) {
            assertThat(server).isNotNull();
            assertAgreement(block.at(4), TlsVersion.TLS_1_3, "8BITMIME");
        }
    }

    @Test
    void eximOfLongAgoIsKnownByWhatItChooses() throws Exception {
        String old = "NONE:+VERS-TLS1.0:+RSA:+DHE-RSA:+3DES-CBC:+ARCFOUR-128:+SHA1:+MD5:+COMP-NULL:+SIGN-ALL:%COMPAT";
        try (Exim server = Exim.start(listener(5, RSA), old)) {
            assertThat(server).isNotNull();
            SmtpFindings modern = bench.ask(block.at(5), NAME);
            assertThat(modern.outcome()).isEqualTo(Outcome.TLS_FAILED);
            assertThat(modern.alert().number()).isEqualTo(40);
            LegacyFacts chosen = bench.offerWidely(block.at(5), NAME).legacy();
            assertThat(chosen.version()).isEqualTo(TlsVersion.TLS_1_0);
            assertThat(chosen.cipher()).endsWith("_WITH_3DES_EDE_CBC_SHA");
            assertThat(chosen.keyExchange()).isIn(KeyExchange.RSA, KeyExchange.DHE);
        }
    }

    private static void assertAgreement(InetSocketAddress at, TlsVersion version, String keyword) throws Exception {
        SmtpFindings ours = bench.ask(at, NAME);
        assertThat(ours.outcome()).as(ours.reason() + " " + ours.detail()).isEqualTo(Outcome.TLS_OK);
        TlsFacts facts = ours.secured().facts();
        OpensslClient.Word theirs = OpensslClient.ask(at, NAME, "-ciphersuites", ours13(facts));

        assertThat(facts.version()).isEqualTo(version);
        assertThat(facts.version().label()).isEqualTo(theirs.version());
        assertThat(facts.cipher()).isEqualTo(theirs.cipher());
        assertThat(facts.group()).isEqualTo(theirs.group());
        assertThat(hex(ours.secured().chain())).isEqualTo(hex(theirs.chain()));
        ChainReader.ChainFacts chain = chains.read(ours.secured().chain(), NAME).get(10, TimeUnit.SECONDS);
        assertThat(chain.leaf().keyBits()).isEqualTo(theirs.keyBits());
        assertThat(chain.leaf().trust()).isEqualTo(ChainTrust.TRUSTED);
        assertThat(chain.leaf().nameMatch()).isEqualTo(NameMatch.SAN);
        assertSslscanAgrees(at, facts);
        assertThat(ours.banner()).contains(NAME);
        assertThat(ours.capabilities()).contains("STARTTLS", keyword);
        assertThat(ours.capabilitiesInTls()).contains(keyword).doesNotContain("STARTTLS");
    }

    /** It lists every suite that the server takes, with the group where it knows one. */
    private static void assertSslscanAgrees(InetSocketAddress at, TlsFacts facts) throws IOException {
        String said = OpensslClient.run(
                List.of(
                        Program.SSLSCAN.path(),
                        "--no-colour",
                        "--starttls-smtp",
                        "--no-heartbleed",
                        "--no-renegotiation",
                        "--no-compression",
                        "--no-fallback",
                        at.getAddress().getHostAddress() + ":" + at.getPort()),
                "");
        String cipher = OpensslClient.opensslName(facts.cipher());
        assertThat(said.lines())
                .anySatisfy(line -> assertThat(line)
                        .contains(" " + facts.version().label() + " ")
                        .contains(" " + cipher + " ")
                        .contains(SSLSCAN_GROUPS.get(facts.group())));
    }

    /** OpenSSL offers the suite that was chosen of ours: the server must take it again. */
    private static String ours13(TlsFacts facts) {
        return facts.version() == TlsVersion.TLS_1_3 ? facts.cipher() : "TLS_AES_128_GCM_SHA256";
    }

    private static Postfix.Listener listener(int number, Credential credential) {
        return new Postfix.Listener(block.at(number), NAME, credential);
    }

    private static List<String> hex(List<byte[]> chain) {
        return chain.stream().map(der -> HexFormat.of().formatHex(der)).toList();
    }
}
