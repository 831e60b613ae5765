package org.mailpulse.probe.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.LegacyFacts;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.TlsFacts;
import org.mailpulse.probe.smtp.Bench;
import org.mailpulse.probe.smtp.SmtpFindings;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.KeySpec;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.testbed.server.OpensslSmtpServer;

/** The same server, asked by the prober and by {@code openssl s_client}: they must tell the same. */
@Timeout(120)
class OpensslAgreementTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String NAME = "mx.agree.test";
    private static final CertificateForge FORGE = new CertificateForge(17);
    private static final String OLD = "@SECLEVEL=0";

    private static Bench bench;
    private static ChainReader chains;

    @TempDir
    static Path folder;

    @BeforeAll
    static void open() throws IOException {
        bench = new Bench();
        TrustStore trust = TrustStore.load(FORGE.writeTrustStore(folder.resolve("ca.pem")));
        chains = new ChainReader(trust, Clock.systemUTC(), Runnable::run);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    /** @param options of s_server */
    record Server(KeySpec key, boolean withIntermediate, List<String> options) {
        @Override
        public String toString() {
            return key + (withIntermediate ? " " : " leaf alone ") + String.join(" ", options);
        }

        OpensslSmtpServer start() throws IOException {
            Credential credential = FORGE.issue(LeafRequest.named(NAME).withKey(key));
            return OpensslSmtpServer.start(
                    ANY,
                    NAME,
                    withIntermediate ? credential : credential.withoutIntermediate(),
                    options.toArray(String[]::new));
        }
    }

    static Stream<Server> modern() {
        List<Server> servers = new ArrayList<>();
        for (String suite :
                List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256")) {
            for (String group : List.of("X25519", "P-256", "P-384")) {
                servers.add(server(KeySpec.EC_P256, "-tls1_3", "-ciphersuites", suite, "-groups", group));
            }
            servers.add(server(KeySpec.RSA_2048, "-tls1_3", "-ciphersuites", suite));
        }
        for (String group : List.of("X25519", "P-256", "P-384")) {
            for (String cipher : List.of("AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305", "AES128-SHA")) {
                servers.add(server(KeySpec.RSA_2048, "-tls1_2", "-groups", group, "-cipher", "ECDHE-RSA-" + cipher));
            }
        }
        for (String cipher : List.of("AES128-GCM-SHA256", "AES256-GCM-SHA384", "AES256-SHA")) {
            servers.add(server(KeySpec.EC_P256, "-tls1_2", "-cipher", "ECDHE-ECDSA-" + cipher));
            servers.add(
                    server(KeySpec.EC_P384, "-tls1_2", "-groups", "P-384:P-256", "-cipher", "ECDHE-ECDSA-" + cipher));
            servers.add(server(KeySpec.RSA_2048, "-tls1_2", "-cipher", cipher));
        }
        for (String version : List.of("-tls1", "-tls1_1")) {
            servers.add(server(KeySpec.RSA_2048, version, "-cipher", "AES128-SHA:" + OLD));
            servers.add(server(KeySpec.RSA_1024, version, "-cipher", "ECDHE-RSA-AES256-SHA:" + OLD));
            servers.add(server(KeySpec.EC_P256, version, "-cipher", "ECDHE-ECDSA-AES128-SHA:" + OLD));
        }
        servers.add(new Server(KeySpec.RSA_2048, false, List.of()));
        return servers.stream();
    }

    @ParameterizedTest
    @MethodSource("modern")
    void versionCipherGroupKeyAndChainAreTheSame(Server config) throws Exception {
        try (OpensslSmtpServer server = config.start()) {
            SmtpFindings ours = bench.ask(server.address(), NAME);
            assertThat(ours.outcome()).as(ours.reason() + " " + ours.detail()).isEqualTo(Outcome.TLS_OK);
            TlsFacts facts = ours.secured().facts();
            OpensslClient.Word theirs = OpensslClient.ask(server.address(), NAME, ourOrder());

            assertThat(facts.version().label()).isEqualTo(theirs.version());
            assertThat(facts.cipher()).isEqualTo(theirs.cipher());
            assertThat(facts.group()).isEqualTo(theirs.group());
            assertThat(hex(ours.secured().chain())).isEqualTo(hex(theirs.chain()));
            assertThat(ours.secured().chain()).hasSize(config.withIntermediate ? 2 : 1);
            CertificateFacts leaf = chains.read(ours.secured().chain(), NAME)
                    .get(10, TimeUnit.SECONDS)
                    .leaf();
            assertThat(leaf.keyType()).isEqualTo(config.key.algorithm());
            assertThat(leaf.keyBits()).isEqualTo(theirs.keyBits());
            assertThat(facts.ocspStapled()).isFalse();
        }
    }

    static Stream<Server> beyondTheModernOffer() {
        return Stream.of(
                server(KeySpec.RSA_2048, "-tls1_2", "-cipher", "DHE-RSA-AES256-GCM-SHA384"),
                server(KeySpec.RSA_2048, "-tls1_2", "-cipher", "DHE-RSA-AES128-SHA"),
                server(KeySpec.RSA_2048, "-tls1_2", "-cipher", "DHE-RSA-CHACHA20-POLY1305"),
                server(KeySpec.RSA_1024, "-tls1", "-cipher", "DHE-RSA-AES128-SHA:" + OLD),
                server(KeySpec.RSA_1024, "-tls1_1", "-cipher", "DHE-RSA-AES256-SHA:" + OLD),
                server(KeySpec.RSA_2048, "-tls1_1", "-cipher", "DHE-RSA-CAMELLIA256-SHA:" + OLD),
                server(KeySpec.RSA_2048, "-tls1_2", "-cipher", "CAMELLIA128-SHA:" + OLD),
                server(KeySpec.RSA_2048, "-tls1_2", "-cipher", "ADH-AES128-SHA:" + OLD),
                server(KeySpec.RSA_2048, "-tls1_2", "-cipher", "AECDH-AES256-SHA:" + OLD));
    }

    @ParameterizedTest
    @MethodSource("beyondTheModernOffer")
    void whatIsReadOfTheWideOfferIsWhatOpensslCompletes(Server config) throws Exception {
        try (OpensslSmtpServer server = config.start()) {
            assertThat(bench.ask(server.address(), NAME).outcome()).isEqualTo(Outcome.TLS_FAILED);
            SmtpFindings offered = bench.offerWidely(server.address(), NAME);
            LegacyFacts ours = offered.legacy();
            OpensslClient.Word theirs =
                    OpensslClient.ask(server.address(), NAME, "-cipher", "ALL:" + OLD, "-groups", "X25519:P-256");

            assertThat(ours).isNotNull();
            assertThat(ours.version().label()).isEqualTo(theirs.version());
            assertThat(ours.cipher()).isEqualTo(theirs.cipher());
            assertThat(ours.group()).isEqualTo(theirs.group());
            assertThat(ours.dhBits()).isEqualTo(theirs.dhBits());
            assertThat(hex(offered.old().chain())).isEqualTo(hex(theirs.chain()));
        }
    }

    @Test
    void aStapledOcspResponseIsNoticed() throws Exception {
        Path tryLater = Files.write(folder.resolve("ocsp.der"), HexFormat.of().parseHex("30030a0103"));
        for (String version : List.of("-tls1_2", "-tls1_3")) {
            try (OpensslSmtpServer server = server(KeySpec.RSA_2048, version, "-status_file", tryLater.toString())
                    .start()) {
                assertThat(bench.ask(server.address(), NAME).secured().facts().ocspStapled())
                        .as(version)
                        .isTrue();
            }
        }
    }

    private static Server server(KeySpec key, String... options) {
        return new Server(key, true, List.of(options));
    }

    /** Where the server leaves the choice to the client, OpenSSL is made to prefer what BoringSSL prefers. */
    private static String[] ourOrder() {
        List<String> options = new ArrayList<>(List.of("-cipher", "ALL:" + OLD));
        options.addAll(Arrays.asList(
                "-ciphersuites", "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"));
        return options.toArray(String[]::new);
    }

    private static List<String> hex(List<byte[]> chain) {
        return chain.stream().map(der -> HexFormat.of().formatHex(der)).toList();
    }
}
