package org.mailpulse.simulator.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailpulse.simulator.net.Loops;
import org.mailpulse.simulator.tls.Credentials;
import org.mailpulse.simulator.world.CertificateKind;
import org.mailpulse.simulator.world.Event;
import org.mailpulse.simulator.world.HostPlan;
import org.mailpulse.simulator.world.MailProvider;
import org.mailpulse.simulator.world.ServerKind;
import org.mailpulse.simulator.world.Servers;
import org.mailpulse.simulator.world.World;
import org.mailpulse.simulator.world.Worlds;

@Timeout(120)
class SmtpServersTest {
    private static final Duration GREET_DELAY = Duration.ofMillis(300);
    private static final World WORLD = Worlds.of(5, 20_000, 12, 0.3);
    private static final AtomicInteger SURVEY = new AtomicInteger();

    /** A ClientHello in outline: whoever spoils the handshake does not look inside. */
    private static final byte[] CLIENT_HELLO = {22, 3, 1, 0, 4, 1, 0, 0, 0};

    @TempDir
    static Path folder;

    private static Loops loops;
    private static SmtpServers servers;

    @BeforeAll
    static void start() throws IOException {
        Credentials credentials = new Credentials(5);
        loops = new Loops(1);
        servers = SmtpServers.start(WORLD, SURVEY::get, credentials, loops, 0, GREET_DELAY);
        credentials.writeTrustStore(folder.resolve("trust.pem"));
    }

    @AfterAll
    static void stop() {
        servers.close();
        loops.close();
    }

    @Test
    void aPlainServerDoesNotKnowStartTls() throws IOException {
        try (Peer peer = Peer.greeted(ServerKind.PLAIN)) {
            assertThat(peer.ask("EHLO probe.example")).noneMatch(line -> line.contains("STARTTLS"));
            assertThat(peer.ask("STARTTLS")).allMatch(line -> line.startsWith("500"));
            assertThat(peer.ask("QUIT")).allMatch(line -> line.startsWith("221"));
            assertThat(peer.in.read()).isEqualTo(-1);
        }
    }

    @Test
    void aServerOfHeloOnlyRefusesEhlo() throws IOException {
        try (Peer peer = Peer.greeted(ServerKind.HELO_ONLY)) {
            assertThat(peer.ask("EHLO probe.example")).allMatch(line -> line.startsWith("502"));
            assertThat(peer.ask("HELO probe.example")).allMatch(line -> line.startsWith("250"));
        }
    }

    @Test
    void aGreylistingServerPutsOff() throws IOException {
        try (Peer peer = Peer.greeted(ServerKind.GREYLISTS)) {
            assertThat(peer.ask("EHLO probe.example")).allMatch(line -> line.startsWith("450"));
            assertThat(peer.ask("HELO probe.example")).allMatch(line -> line.startsWith("450"));
        }
    }

    @Test
    void theMaskedKeywordIsAsLongAsTheRealOne() throws IOException {
        try (Peer peer = Peer.greeted(ServerKind.MASKS_KEYWORD)) {
            assertThat(peer.ask("EHLO probe.example"))
                    .contains("250-XXXXXXXX")
                    .noneMatch(line -> line.contains("STARTTLS"));
        }
    }

    @ParameterizedTest
    @CsvSource({"ANSWERS_STARTTLS_454, 454", "ANSWERS_STARTTLS_554, 554"})
    void startTlsIsOfferedAndRefused(ServerKind kind, String code) throws IOException {
        try (Peer peer = Peer.greeted(kind)) {
            assertThat(peer.ask("EHLO probe.example")).contains("250-STARTTLS");
            assertThat(peer.ask("STARTTLS")).allMatch(line -> line.startsWith(code));
        }
    }

    @ParameterizedTest
    @CsvSource({"GREETS_421, 421", "GREETS_554, 554"})
    void aRefusingGreetingEndsTheConversation(ServerKind kind, String code) throws IOException {
        try (Peer peer = Peer.connect(kind)) {
            assertThat(peer.reply()).allMatch(line -> line.startsWith(code));
            assertThat(peer.in.read()).isEqualTo(-1);
        }
    }

    @Test
    void aLateGreetingComesAfterThePause() throws IOException {
        long start = System.nanoTime();
        try (Peer peer = Peer.connect(ServerKind.GREETS_LATE)) {
            assertThat(peer.reply()).allMatch(line -> line.startsWith("220 "));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(GREET_DELAY);
        }
    }

    @Test
    void aSilentServerSaysNothing() throws IOException {
        try (Peer peer = Peer.connect(ServerKind.SILENT)) {
            peer.socket.setSoTimeout(400);
            assertThatThrownBy(peer.in::read).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aClosingServerClosesAtOnce() throws IOException {
        try (Peer peer = Peer.connect(ServerKind.CLOSES_AT_ONCE)) {
            assertThat(peer.in.read()).isEqualTo(-1);
        }
    }

    @Test
    void theTarpitDripsAByteASecond() throws IOException {
        try (Peer peer = Peer.connect(ServerKind.TARPIT)) {
            assertThat(peer.in.read()).isEqualTo('2');
            long first = System.nanoTime();
            assertThat(peer.in.read()).isEqualTo('2');
            assertThat(Duration.ofNanos(System.nanoTime() - first)).isGreaterThan(Duration.ofMillis(700));
        }
    }

    @Test
    void theEndlessBannerGoesOn() throws IOException {
        try (Peer peer = Peer.connect(ServerKind.ENDLESS_BANNER)) {
            for (int line = 0; line < 50_000; line++) {
                assertThat(peer.line()).startsWith("220-");
            }
        }
    }

    @Test
    void garbageIsNoReply() throws IOException {
        try (Peer peer = Peer.connect(ServerKind.GARBAGE)) {
            byte[] all = peer.in.readAllBytes();
            assertThat(all).hasSize(600);
            assertThat(Character.isDigit(all[0])).isFalse();
        }
    }

    @Test
    void nothingListensAtAClosedPort() {
        assertThatThrownBy(() -> Peer.connect(ServerKind.CLOSED_PORT)).isInstanceOf(ConnectException.class);
    }

    @Test
    void plainTextIsInjectedBehindTheReadyReply() throws Exception {
        try (Peer peer = Peer.greeted(ServerKind.INJECTS_PLAINTEXT)) {
            peer.ask("EHLO probe.example");
            assertThat(peer.ask("STARTTLS")).allMatch(line -> line.startsWith("220"));
            assertThat(peer.line()).startsWith("250 ");
        }
    }

    @Test
    void aSpoiledHandshakeEndsInItsOwnWay() throws IOException {
        assertThat(afterClientHello(ServerKind.HANDSHAKE_ALERT)).startsWith(21, 3, 3, 0, 2, 2, 40);
        assertThat(new String(afterClientHello(ServerKind.HANDSHAKE_GARBAGE), StandardCharsets.US_ASCII))
                .startsWith("451");
        assertThat(afterClientHello(ServerKind.HANDSHAKE_CLOSES)).isEmpty();
        assertThatThrownBy(() -> afterClientHello(ServerKind.HANDSHAKE_HANGS))
                .isInstanceOf(SocketTimeoutException.class);
    }

    private static byte[] afterClientHello(ServerKind kind) throws IOException {
        try (Peer peer = Peer.greeted(kind)) {
            peer.ask("EHLO probe.example");
            assertThat(peer.ask("STARTTLS")).allMatch(line -> line.startsWith("220"));
            peer.socket.setSoTimeout(500);
            peer.socket.getOutputStream().write(CLIENT_HELLO);
            return peer.in.readAllBytes();
        }
    }

    @Test
    void startTlsIsMaskedForProbersOfTheStrippingCountryOnly() throws IOException {
        SURVEY.set(month(Event.Kind.STRIPPING));
        try (Peer there = Peer.greeted(ServerKind.TLS13);
                Peer here = Peer.greeted(ServerKind.TLS13)) {
            assertThat(there.ask("EHLO probe.qs")).contains("250-XXXXXXXX");
            assertThat(there.ask("STARTTLS")).allMatch(line -> line.startsWith("500"));
            assertThat(here.ask("EHLO probe.example")).contains("250-STARTTLS");
        } finally {
            SURVEY.set(0);
        }
    }

    @Test
    void badMannersAreCounted() throws IOException {
        long early = servers.traffic().earlyTalkers();
        long mail = servers.traffic().mailCommands();
        try (Peer peer = Peer.connect(ServerKind.GREETS_LATE)) {
            peer.send("EHLO probe.example");
            peer.reply();
            peer.reply();
            peer.ask("MAIL FROM:<>");
        }
        assertThat(servers.traffic().earlyTalkers()).isEqualTo(early + 1);
        assertThat(servers.traffic().mailCommands()).isEqualTo(mail + 1);
    }

    @Test
    void wastersOfCommandsAreShownTheDoor() throws IOException {
        try (Peer peer = Peer.greeted(ServerKind.PLAIN)) {
            List<String> last = List.of();
            for (int i = 0; i <= 20; i++) {
                last = peer.ask("NOOP");
            }
            assertThat(last).allMatch(line -> line.startsWith("421"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLS13_HYBRID, TLSv1.3",
        "TLS13, TLSv1.3",
        "GREETS_LATE, TLSv1.3",
        "TLS12, TLSv1.2",
        "TLS12_STATIC_RSA, TLSv1.2",
        "TLS11, TLSv1.1",
        "TLS10, TLSv1"
    })
    void theHighestVersionIsThatOfTheKind(ServerKind kind, String version) throws Exception {
        String seen = openssl(host(kind, CertificateKind.VALID));
        assertThat(seen).contains("Verify return code: 0 (ok)");
        assertThat(seen).containsPattern("(?m)(^New, " + version + ", )|(^ *Protocol *: " + version + "$)");
        assertThat(seen.contains("Server Temp Key")).isEqualTo(kind != ServerKind.TLS12_STATIC_RSA);
    }

    @Test
    void onlyTheHybridServersTakeAClientThatInsistsOnPostQuantum() throws Exception {
        assertThat(handshakes(host(ServerKind.TLS13_HYBRID, CertificateKind.VALID), "X25519MLKEM768"))
                .isTrue();
        assertThat(handshakes(host(ServerKind.TLS13, CertificateKind.VALID), "X25519MLKEM768"))
                .isFalse();
        assertThat(handshakes(host(ServerKind.TLS13, CertificateKind.VALID), "X25519"))
                .isTrue();
    }

    /** The OpenSSL of the system may be too old for the hybrid; BoringSSL is not. */
    private static boolean handshakes(HostPlan host, String group) throws Exception {
        SslContext context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm("")
                .option(OpenSslContextOption.GROUPS, new String[] {group})
                .build();
        int slot = host.slots().get(0);
        try (Socket socket = new Socket(address(slot), servers.port())) {
            socket.setSoTimeout(10_000);
            Peer peer = new Peer(socket, socket.getInputStream());
            peer.reply();
            peer.ask("EHLO probe.example");
            peer.ask("STARTTLS");
            return new BlockingTls(context.newEngine(UnpooledByteBufAllocator.DEFAULT, host.name(), 25)).over(socket);
        }
    }

    /** A handshake by hand, since Netty's clients live on event loops and the JDK's do not know the hybrid. */
    private record BlockingTls(SSLEngine engine) {
        boolean over(Socket socket) throws IOException {
            ByteBuffer out = ByteBuffer.allocate(32_768);
            ByteBuffer in = ByteBuffer.allocate(65_536).flip();
            ByteBuffer ignored = ByteBuffer.allocate(65_536);
            try {
                engine.beginHandshake();
                while (true) {
                    switch (engine.getHandshakeStatus()) {
                        case NEED_WRAP -> {
                            engine.wrap(ByteBuffer.allocate(0), out.clear());
                            socket.getOutputStream().write(out.array(), 0, out.position());
                        }
                        case NEED_UNWRAP -> {
                            if (engine.unwrap(in, ignored).bytesConsumed() == 0 && !fill(in, socket)) {
                                return false;
                            }
                        }
                        case NEED_TASK -> engine.getDelegatedTask().run();
                        default -> {
                            return true;
                        }
                    }
                }
            } catch (SSLException e) {
                return false;
            }
        }

        private static boolean fill(ByteBuffer in, Socket socket) throws IOException {
            in.compact();
            int read = socket.getInputStream().read(in.array(), in.position(), in.remaining());
            in.position(in.position() + Math.max(0, read)).flip();
            return read > 0;
        }
    }

    @ParameterizedTest
    @EnumSource(CertificateKind.class)
    void opensslSeesTheViceOfTheCertificate(CertificateKind kind) throws Exception {
        Map<CertificateKind, String> codes = Map.of(
                CertificateKind.VALID, "0 ",
                CertificateKind.SELF_SIGNED, "18 ",
                CertificateKind.EXPIRED, "10 ",
                CertificateKind.NOT_YET_VALID, "9 ",
                CertificateKind.WRONG_NAME, "62 ",
                CertificateKind.DEMO, "62 ", // self-signed, too: the last fault is the one that is told
                CertificateKind.INCOMPLETE_CHAIN, "21 ",
                CertificateKind.UNKNOWN_CA, "21 ");
        String seen = openssl(host(ServerKind.TLS13, kind));
        assertThat(seen).contains("Verify return code: " + codes.getOrDefault(kind, "0 "));
        X509Certificate leaf = leaf(seen);
        String subject = leaf.getSubjectX500Principal().getName();
        assertThat(subject.contains("CN=demo.example,O=Demo"))
                .isEqualTo(kind == CertificateKind.DEMO || kind == CertificateKind.DEMO_SUBJECT);
        assertThat(leaf.getPublicKey() instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() == 1_024)
                .isEqualTo(kind == CertificateKind.RSA_1024);
        assertThat(leaf.getSigAlgName().startsWith("SHA1")).isEqualTo(kind == CertificateKind.SHA_1);
    }

    @Test
    void theGiantsTenantsShareOneWildcard() throws Exception {
        int tenant = Worlds.customer(WORLD, MailProvider.VASTIBULE);
        HostPlan host = WORLD.host(WORLD.plan(tenant, 0).mx().get(0).host(), 0).orElseThrow();
        String seen = openssl(host);
        assertThat(seen).contains("Verify return code: 0 (ok)");
        assertThat(leaf(seen).getSubjectAlternativeNames().toString()).contains("*.mx.vastibule.example");
    }

    private static HostPlan host(ServerKind server, CertificateKind certificate) {
        return IntStream.range(0, 20_000)
                .mapToObj(index ->
                        WORLD.host("mail." + WORLD.domain(index).name(), 0).orElseThrow())
                .filter(host -> host.certificate().kind() == certificate
                        && WORLD.servers().kind(host.slots().get(0), 0) == server)
                .findFirst()
                .orElseThrow();
    }

    private static int month(Event.Kind kind) {
        return WORLD.story().events().stream()
                .filter(event -> event.kind() == kind)
                .findFirst()
                .orElseThrow()
                .survey();
    }

    /** An independent client: what it prints of a handshake. Security level 0, as an opportunistic sender has it. */
    private static String openssl(HostPlan host) throws IOException, InterruptedException {
        Process client = new ProcessBuilder(
                        "openssl",
                        "s_client",
                        "-connect",
                        address(host.slots().get(0)).getHostAddress() + ":" + servers.port(),
                        "-starttls",
                        "smtp",
                        "-servername",
                        host.name(),
                        "-verify_hostname",
                        host.name(),
                        "-CAfile",
                        folder.resolve("trust.pem").toString(),
                        "-showcerts",
                        "-cipher",
                        "ALL:@SECLEVEL=0")
                .redirectErrorStream(true)
                .start();
        client.getOutputStream().close();
        String printed = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return printed;
    }

    private static X509Certificate leaf(String printed) throws GeneralSecurityException {
        int start = printed.indexOf("-----BEGIN CERTIFICATE-----");
        assertThat(start).as(printed).isNotNegative();
        byte[] pem = printed.substring(start).getBytes(StandardCharsets.US_ASCII);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    private static InetAddress address(int slot) throws IOException {
        return InetAddress.getByAddress(Servers.address(slot));
    }

    /** A client that speaks line by line. */
    private record Peer(Socket socket, InputStream in) implements AutoCloseable {
        static Peer connect(ServerKind kind) throws IOException {
            int slot = IntStream.range(0, WORLD.servers().count())
                    .filter(candidate -> WORLD.servers().kind(candidate, 0) == kind)
                    .findFirst()
                    .orElseThrow();
            Socket socket = new Socket();
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress(address(slot), servers.port()), 5_000);
            return new Peer(socket, new BufferedInputStream(socket.getInputStream()));
        }

        static Peer greeted(ServerKind kind) throws IOException {
            Peer peer = connect(kind);
            assertThat(peer.reply()).allMatch(line -> line.startsWith("220 "));
            return peer;
        }

        List<String> ask(String command) throws IOException {
            send(command);
            return reply();
        }

        void send(String command) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        List<String> reply() throws IOException {
            List<String> lines = new ArrayList<>();
            do {
                lines.add(line());
            } while (lines.get(lines.size() - 1).charAt(3) == '-');
            return lines;
        }

        String line() throws IOException {
            byte[] line = new byte[200];
            int length = 0;
            for (int next = in.read(); next != '\n'; next = in.read()) {
                assertThat(next).as("end of the stream within a line").isNotNegative();
                line[length++] = (byte) next;
            }
            return new String(Arrays.copyOf(line, length), StandardCharsets.US_ASCII).strip();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
