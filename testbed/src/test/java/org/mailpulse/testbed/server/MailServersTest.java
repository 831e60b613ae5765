package org.mailpulse.testbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.Issuer;
import org.mailpulse.simulator.pki.KeySpec;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.testbed.LoopbackBlock;
import org.mailpulse.testbed.Tool;

@Timeout(120)
class MailServersTest {
    private static final CertificateForge FORGE = new CertificateForge(11);
    private static final String NAME = "mx.harbour.test";
    private static final LeafRequest GOOD = LeafRequest.named(NAME);

    @TempDir
    static Path folder;

    private static LoopbackBlock block;
    private static Path trustStore;
    private static Postfix postfix;

    @BeforeAll
    static void startPostfix() throws IOException {
        trustStore = FORGE.writeTrustStore(folder.resolve("ca.pem"));
        block = LoopbackBlock.claim(9);
        postfix = Postfix.start(List.of(
                new Postfix.Listener(block.at(1), NAME, FORGE.issue(GOOD)),
                new Postfix.Listener(block.at(2), NAME, FORGE.issue(GOOD.withIssuer(Issuer.SELF))),
                Postfix.Listener.withoutTls(block.at(3), NAME)));
    }

    @AfterAll
    static void stopPostfix() {
        if (postfix != null) {
            postfix.close();
        }
    }

    @Test
    void postfixPresentsAValidChain() throws IOException {
        assertThat(look(block.at(1)))
                .contains("Verify return code: 0 (ok)")
                .contains("subject=CN = mx.harbour.test")
                .contains("Protocol  : TLSv1.3")
                .contains("250-PIPELINING")
                .contains("221 2.0.0 Bye");
    }

    @Test
    void postfixPresentsASelfSignedCertificate() throws IOException {
        assertThat(look(block.at(2))).contains("Verify return code: 18 (self-signed certificate)");
    }

    @Test
    void postfixWithTlsOffDoesNotOfferStarttls() throws IOException {
        assertThat(look(block.at(3))).contains("Didn't find STARTTLS in server response");
    }

    @Test
    void twoInstancesRunSideBySideAndLeaveNoListenerBehind() throws IOException {
        ProcessHandle master;
        try (Postfix second = Postfix.start(List.of(new Postfix.Listener(block.at(4), NAME, FORGE.issue(GOOD))))) {
            assertThat(look(block.at(4))).contains("Verify return code: 0 (ok)");
            assertThat(look(block.at(1))).contains("Verify return code: 0 (ok)");
            master = ProcessHandle.of(second.pid()).orElseThrow();
        }
        assertThat(master.isAlive()).isFalse();
        assertThatThrownBy(() -> new Socket(block.address(4), block.port())).isInstanceOf(ConnectException.class);
        assertThat(look(block.at(1))).contains("Verify return code: 0 (ok)");
    }

    @Test
    void opensslPresentsAnExpiredCertificate() throws IOException {
        LeafRequest expired =
                GOOD.withValidity(Instant.parse("2024-02-01T00:00:00Z"), Instant.parse("2024-05-01T00:00:00Z"));
        assertThat(openssl(FORGE.issue(expired))).contains("Verify return code: 10 (certificate has expired)");
    }

    @Test
    void opensslPresentsAWrongName() throws IOException {
        assertThat(openssl(FORGE.issue(LeafRequest.named("other.test"))))
                .contains("Verify return code: 62 (hostname mismatch)");
    }

    @Test
    void opensslPresentsTheWholeChainOnceAndAnswersInsideTls() throws IOException {
        assertThat(openssl(FORGE.issue(GOOD)))
                .contains("Verify return code: 0 (ok)")
                .containsOnlyOnce(" 0 s:CN = mx.harbour.test")
                .containsOnlyOnce(" 1 s:O = Lighthouse Test Trust, CN = Lighthouse Issuing CA 1")
                .doesNotContain(" 2 s:")
                .contains("250 8BITMIME")
                .contains("221 2.0.0 bye");
    }

    @Test
    void opensslLeavesTheIntermediateOut() throws IOException {
        assertThat(openssl(FORGE.issue(GOOD).withoutIntermediate()))
                .contains("Verify return code: 21 (unable to verify the first certificate)");
    }

    @Test
    void opensslSpeaksOnlyTheVersionItIsToldTo() throws IOException {
        assertThat(openssl(FORGE.issue(GOOD.withKey(KeySpec.RSA_2048)), "-tls1_2"))
                .contains("Protocol  : TLSv1.2")
                .contains("Verify return code: 0 (ok)");
    }

    @Test
    void opensslWithoutACertificateAlerts() throws IOException {
        assertThat(openssl(null, "-tls1_2", "-cipher", "aNULL:@SECLEVEL=0")).contains("alert handshake failure");
    }

    @Test
    void opensslServesTwoClientsAtOnce() throws IOException {
        try (OpensslSmtpServer server = OpensslSmtpServer.start(block.at(5), NAME, FORGE.issue(GOOD));
                Socket idle = new Socket(
                        server.address().getAddress(), server.address().getPort())) {
            assertThat(idle.isConnected()).isTrue();
            assertThat(look(server.address())).contains("Verify return code: 0 (ok)");
            assertThat(look(server.address())).contains("Verify return code: 0 (ok)");
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    private static String openssl(Credential credential, String... options) throws IOException {
        try (OpensslSmtpServer server = OpensslSmtpServer.start(block.at(6), NAME, credential, options)) {
            return look(server.address());
        }
    }

    private static String look(InetSocketAddress at) throws IOException {
        return Tool.startTls(at, NAME, trustStore);
    }
}
