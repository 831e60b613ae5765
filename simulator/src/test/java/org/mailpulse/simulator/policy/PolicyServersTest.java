package org.mailpulse.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.mailpulse.simulator.net.Loops;
import org.mailpulse.simulator.tls.Credentials;
import org.mailpulse.simulator.world.MailPlan.MtaStsPlan;
import org.mailpulse.simulator.world.MailPlan.Mx;
import org.mailpulse.simulator.world.World;
import org.mailpulse.simulator.world.Worlds;

/** Policies as the JDK's own TLS and certificate checks get them. */
@Timeout(60)
class PolicyServersTest {
    private static final int SURVEY = 11;
    private static final World WORLD = Worlds.of(1, 40_000, 12, 0.02);

    @TempDir
    static Path folder;

    private static Loops loops;
    private static PolicyServers servers;
    private static SSLContext trust;

    @BeforeAll
    static void start() throws Exception {
        Credentials credentials = new Credentials(1);
        loops = new Loops(1);
        servers = PolicyServers.start(WORLD, () -> SURVEY, credentials, loops, 0);
        credentials.writeTrustStore(folder.resolve("trust.pem"));
        trust = trusting(folder.resolve("trust.pem"));
    }

    @AfterAll
    static void stop() {
        servers.close();
        loops.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = MtaStsPlan.class,
            names = {"ENFORCE", "TESTING", "INVALID_RECORD", "RECORD_FAILS"})
    void aPolicyNamesTheMxHosts(MtaStsPlan plan) throws Exception {
        int domain = Worlds.find(WORLD, index -> WORLD.plan(index, SURVEY).mtaSts() == plan && index % 3 != 0);
        List<String> lines = body(fetch(domain, Policies.PATH)).lines().toList();
        assertThat(lines)
                .startsWith("version: STSv1", "mode: " + (plan == MtaStsPlan.TESTING ? "testing" : "enforce"))
                .contains("max_age: 604800");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("mx: "))
                .containsExactlyElementsOf(WORLD.plan(domain, SURVEY).mx().stream()
                        .map(Mx::host)
                        .map(host -> "mx: " + host)
                        .toList());
    }

    @Test
    void someUsePatterns() throws Exception {
        int domain =
                Worlds.find(WORLD, index -> WORLD.plan(index, SURVEY).mtaSts() == MtaStsPlan.ENFORCE && index % 3 == 0);
        String host = WORLD.plan(domain, SURVEY).mx().get(0).host();
        assertThat(body(fetch(domain, Policies.PATH))).contains("mx: *" + host.substring(host.indexOf('.')) + "\r\n");
    }

    @Test
    void aMismatchNamesOthers() throws Exception {
        assertThat(body(fetch(domain(MtaStsPlan.MISMATCH), Policies.PATH)))
                .contains("mode: enforce", "mx: mx.elsewhere.example");
    }

    @Test
    void modeNoneNamesNobody() throws Exception {
        assertThat(body(fetch(domain(MtaStsPlan.MODE_NONE), Policies.PATH)))
                .contains("mode: none")
                .doesNotContain("mx:");
    }

    @Test
    void aPolicyWithoutModeIsServedAllTheSame() throws Exception {
        assertThat(body(fetch(domain(MtaStsPlan.INVALID_POLICY), Policies.PATH)))
                .contains("version: STSv1")
                .doesNotContain("mode:");
    }

    @Test
    void aHugePolicyGoesFarBeyondTheLimit() throws Exception {
        assertThat(body(fetch(domain(MtaStsPlan.HUGE), Policies.PATH))).hasSizeGreaterThan(128 << 10);
    }

    @Test
    void aPolicyThatIsNotThereIs404() throws Exception {
        assertThat(fetch(domain(MtaStsPlan.NOT_FOUND), Policies.PATH)).startsWith("HTTP/1.1 404");
    }

    @Test
    void whoFollowedTheRedirectionWouldFindThePolicy() throws Exception {
        int domain = domain(MtaStsPlan.REDIRECTS);
        assertThat(fetch(domain, Policies.PATH))
                .startsWith("HTTP/1.1 301")
                .contains("https://mta-sts." + WORLD.domain(domain).name());
        assertThat(body(fetch(domain, Policies.MOVED_PATH))).contains("mode: enforce");
    }

    @Test
    void anotherPathHoldsNothing() throws Exception {
        assertThat(fetch(domain(MtaStsPlan.ENFORCE), "/")).startsWith("HTTP/1.1 404");
    }

    @Test
    void anExpiredCertificateIsPresented() {
        assertThatThrownBy(() -> fetch(domain(MtaStsPlan.EXPIRED_CERTIFICATE), Policies.PATH))
                .isInstanceOf(SSLHandshakeException.class)
                .hasRootCauseInstanceOf(CertificateExpiredException.class);
    }

    @Test
    void aCertificateOfAnotherNameIsPresented() {
        assertThatThrownBy(() -> fetch(domain(MtaStsPlan.WRONG_NAME), Policies.PATH))
                .isInstanceOf(SSLHandshakeException.class)
                .hasRootCauseInstanceOf(CertificateException.class)
                .hasMessageContaining("No subject alternative DNS name matching");
    }

    @ParameterizedTest
    @EnumSource(
            value = MtaStsPlan.class,
            names = {"BROKEN_TLS", "NONE"})
    void theHandshakeIsBrokenOff(MtaStsPlan plan) {
        assertThatThrownBy(() -> fetch(domain(plan), Policies.PATH))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(java.net.SocketTimeoutException.class)
                .satisfies(failure -> assertThat(failure instanceof SSLException
                                || failure instanceof java.io.EOFException
                                || failure instanceof java.net.SocketException)
                        .isTrue());
    }

    @ParameterizedTest
    @EnumSource(
            value = MtaStsPlan.class,
            mode = Mode.EXCLUDE,
            names = {"BROKEN_TLS", "NONE", "NO_HOST", "EXPIRED_CERTIFICATE", "WRONG_NAME"})
    void allOthersPassTheJdksChecks(MtaStsPlan plan) throws Exception {
        assertThat(fetch(domain(plan), Policies.PATH)).startsWith("HTTP/1.1 ");
    }

    private static int domain(MtaStsPlan plan) {
        return Worlds.find(WORLD, index -> WORLD.plan(index, SURVEY).mtaSts() == plan);
    }

    private static String fetch(int domain, String path) throws IOException {
        String host = "mta-sts." + WORLD.domain(domain).name();
        InetAddress address = InetAddress.getByAddress(PolicyAddresses.of(domain));
        try (Socket plain = new Socket(address, servers.port());
                SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(plain, host, 443, true)) {
            socket.setSoTimeout(10_000);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static String body(String response) {
        assertThat(response).startsWith("HTTP/1.1 200").containsIgnoringCase("content-type: text/plain");
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    private static SSLContext trusting(Path pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
