package org.mailpulse.probe.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.model.observation.DaneMatch;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.probe.DomainProber;
import org.mailpulse.probe.HandshakeSink;
import org.mailpulse.probe.ProbeSettings;
import org.mailpulse.probe.peer.JsseSmtpPeer;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.Issuer;
import org.mailpulse.simulator.pki.KeySpec;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.testbed.LoopbackBlock;
import org.mailpulse.testbed.peer.SmtpPeer;
import org.mailpulse.testbed.server.PosttlsFinger;
import org.mailpulse.testbed.server.Program;

/** Zones signed by real tools, seen through Unbound's AD flag and by validating them ourselves: the same must be found. */
@Timeout(120)
class DaneTest {
    private static final CertificateForge FORGE = new CertificateForge(7);
    private static final Credential GOOD = FORGE.issue(LeafRequest.named(
            "ta.reef.test",
            "tafull.reef.test",
            "tanamed.reef.test",
            "rootta.reef.test",
            "leafta.reef.test",
            "free.reef.test"));
    private static final Credential OLD = FORGE.issue(LeafRequest.named("old.reef.test")
            .withKey(KeySpec.EC_P256, 1)
            .withValidity(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-02-01T00:00:00Z")));
    private static final Credential SELF = FORGE.issue(
            LeafRequest.named("www.elsewhere.example").withKey(KeySpec.RSA_2048).withIssuer(Issuer.SELF));

    private static final int GOOD_AT = 10;
    private static final int OLD_AT = 11;
    private static final int SELF_AT = 12;
    private static final int PLAIN_AT = 13;

    @TempDir
    static Path folder;

    private static final List<AutoCloseable> RUNNING = new ArrayList<>();
    /** The TLSA records of each MX host. */
    private static final Map<String, List<String>> PINS = new HashMap<>();

    private static LoopbackBlock block;
    private static DomainProber byAdFlag;
    private static DomainProber byAnchor;
    private static SecureWorld world;
    private static PosttlsFinger finger;

    @BeforeAll
    static void start() throws Exception {
        block = LoopbackBlock.claim(13);
        RUNNING.add(new JsseSmtpPeer(block.at(GOOD_AT), GOOD, "", "").open());
        RUNNING.add(new JsseSmtpPeer(block.at(OLD_AT), OLD, "", "").open());
        RUNNING.add(new JsseSmtpPeer(block.at(SELF_AT), SELF, "", "").open());
        RUNNING.add(new SmtpPeer(block.at(PLAIN_AT), "plain.reef.test") {}.open());
        world = new SecureWorld(block, folder, reef(), others());
        RUNNING.add(world);
        Path roots = FORGE.writeTrustStore(folder.resolve("roots.pem"));
        ProbeSettings settings = ProbeSettings.defaults()
                .withSmtpPort(block.port())
                .withEhloName("probe.example")
                .withAllowPrivate(true)
                .withTrustStore(roots)
                .withGap(Duration.ZERO)
                .withConfirmAfter(Duration.ZERO);
        byAdFlag = DomainProber.open(
                settings.withResolvers(List.of(world.recursor().address())), HandshakeSink.NONE);
        byAnchor = DomainProber.open(
                settings.withResolvers(List.of(world.authority().address())).withTrustAnchor(world.anchor()),
                HandshakeSink.NONE);
        RUNNING.add(byAdFlag);
        RUNNING.add(byAnchor);
    }

    @AfterAll
    static void stop() throws Exception {
        for (int i = RUNNING.size() - 1; i >= 0; i--) {
            RUNNING.get(i).close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // domain, status, MX RRset, TLSA of each host, match at each endpoint, DANE, level
        "d311, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "d301, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "d312, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "d300, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "d310, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "rollover, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "expiredee, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "selfee, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "d211, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "d201, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "tanamed, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "taunnamed, OK, SECURE, SECURE_USABLE, MISMATCH, BROKEN, OPPORTUNISTIC",
        "taexpired, OK, SECURE, SECURE_USABLE, MISMATCH, BROKEN, OPPORTUNISTIC",
        "taroot, OK, SECURE, SECURE_USABLE, MISMATCH, BROKEN, AUTHENTICABLE",
        "taleaf, OK, SECURE, SECURE_USABLE, MISMATCH, BROKEN, AUTHENTICABLE",
        "mismatch, OK, SECURE, SECURE_USABLE, MISMATCH, BROKEN, OPPORTUNISTIC",
        "halfway, OK, SECURE, SECURE_USABLE, MATCH MISMATCH, BROKEN, OPPORTUNISTIC",
        "pkix, OK, SECURE, SECURE_UNUSABLE, NOT_MEASURED, NONE, OPPORTUNISTIC",
        "short, OK, SECURE, SECURE_UNUSABLE, NOT_MEASURED, NONE, OPPORTUNISTIC",
        "pkixtoo, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "none, OK, SECURE, ABSENT, NOT_MEASURED, NONE, AUTHENTICABLE",
        "partial, OK, SECURE, SECURE_USABLE ABSENT, MATCH NOT_MEASURED, PARTIAL, OPPORTUNISTIC",
        "lost, OK, SECURE, ERROR, NOT_MEASURED, BROKEN, OPPORTUNISTIC",
        "stale, OK, SECURE, ERROR, NOT_MEASURED, BROKEN, OPPORTUNISTIC",
        "plain, OK, SECURE, SECURE_USABLE, NOT_MEASURED, BROKEN, PLAINTEXT",
        "implicit, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "wild.wildcard, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "alias, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "aliasown, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "aliasout, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "tlsaalias, OK, SECURE, SECURE_USABLE, MATCH, VALID, ENFORCED",
        "openhost, OK, SECURE, INSECURE, NOT_MEASURED, NONE, OPPORTUNISTIC",
        "dangling, NO_ADDRESS, SECURE, NOT_MEASURED, '', NOT_MEASURED, ''",
        "gone, NXDOMAIN, SECURE, '', '', NOT_MEASURED, ''",
        "dead, NULL_MX, SECURE, '', '', NOT_MEASURED, ''",
        "@open.test, OK, INSECURE, INSECURE, NOT_MEASURED, NONE, OPPORTUNISTIC",
        "@tosecure.open.test, OK, INSECURE, SECURE_USABLE, MATCH, NONE, OPPORTUNISTIC",
        "@gone.open.test, NXDOMAIN, INSECURE, '', '', NONE, ''",
        "@stale.test, DNS_ERROR, BOGUS, '', '', NOT_MEASURED, UNKNOWN",
        "@forged.test, DNS_ERROR, BOGUS, '', '', NOT_MEASURED, UNKNOWN",
        "@gone.stale.test, DNS_ERROR, BOGUS, '', '', NOT_MEASURED, UNKNOWN",
        "stalehost, DNS_ERROR, SECURE, NOT_MEASURED, '', NOT_MEASURED, UNKNOWN",
        "@refused.nowhere, NXDOMAIN, SECURE, '', '', NOT_MEASURED, ''"
    })
    void bothWaysOfValidationComeToTheSame(
            String name, String status, String mx, String tlsa, String match, String dane, String level)
            throws Exception {
        String domain = name.startsWith("@") ? name.substring(1) : name + ".reef.test";
        List<String> expected = List.of(status, mx, tlsa, match, dane, level);
        assertThat(List.of(row(byAdFlag, domain), row(byAnchor, domain)))
                .as("by AD flag, by anchor")
                .containsExactly(expected, expected);
    }

    @Test
    void aBogusDomainSaysSo() throws Exception {
        for (DomainProber prober : List.of(byAdFlag, byAnchor)) {
            assertThat(observe(prober, "stale.test").dnsDetail()).isEqualTo("BOGUS");
        }
    }

    @Test
    void withoutAValidatingPathNothingIsClaimed() throws Exception {
        ProbeSettings settings = ProbeSettings.defaults()
                .withResolvers(List.of(block.at(1)))
                .withSmtpPort(block.port())
                .withAllowPrivate(true)
                .withGap(Duration.ZERO)
                .withConfirmAfter(Duration.ZERO);
        try (DomainProber prober = DomainProber.open(settings, HandshakeSink.NONE)) {
            Observation seen = observe(prober, "d311.reef.test");
            assertThat(seen.mxSecure()).isEqualTo(DnssecState.NOT_MEASURED);
            assertThat(row(prober, "d311.reef.test"))
                    .containsExactly(
                            "OK", "NOT_MEASURED", "NOT_MEASURED", "NOT_MEASURED", "NOT_MEASURED", "OPPORTUNISTIC");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d311",
                "d301",
                "d312",
                "d300",
                "d310",
                "rollover",
                "expiredee",
                "selfee",
                "d211",
                "d201",
                "taunnamed",
                "taexpired",
                "taroot",
                "taleaf",
                "mismatch"
            })
    void opensslComesToTheSame(String name) throws Exception {
        MxHostObservation host =
                observe(byAnchor, name + ".reef.test").mxHosts().get(0);
        EndpointObservation endpoint = host.endpoints().get(0);
        List<String> command = new ArrayList<>(List.of(Program.OPENSSL.path(), "s_client", "-starttls", "smtp"));
        command.addAll(List.of("-connect", endpoint.address() + ":" + block.port()));
        command.addAll(List.of("-dane_tlsa_domain", host.host(), "-dane_ee_no_namechecks"));
        PINS.get(host.host()).forEach(record -> command.addAll(List.of("-dane_tlsa_rrdata", record)));
        Process openssl = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(openssl.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("Verify return code: ");
        assertThat(endpoint.dane() == DaneMatch.MATCH).as(said).isEqualTo(said.contains("Verify return code: 0 (ok)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d311.reef",
                "d301.reef",
                "d312.reef",
                "d300.reef",
                "d310.reef",
                "rollover.reef",
                "expiredee.reef",
                "selfee.reef",
                "d211.reef",
                "d201.reef",
                "tanamed.reef",
                "taunnamed.reef",
                "taexpired.reef",
                "taroot.reef",
                "taleaf.reef",
                "mismatch.reef",
                "pkix.reef",
                "short.reef",
                "pkixtoo.reef",
                "none.reef",
                "lost.reef",
                "stale.reef",
                "plain.reef",
                "wild.wildcard.reef",
                "alias.reef",
                "aliasown.reef",
                "aliasout.reef",
                "tlsaalias.reef",
                "openhost.reef",
                "stale",
                "forged",
                "open",
                "tosecure.open"
            })
    void postfixComesToTheSame(String name) throws Exception {
        Observation seen = observe(byAdFlag, name + ".test");

        assertThat(finger().look(name + ".test", block.port())).isEqualTo(inPostfixsWords(seen));
    }

    private static PosttlsFinger.Word inPostfixsWords(Observation seen) {
        DomainVerdict verdict = DomainJudge.judge(seen);
        if (verdict.status() == DomainStatus.DNS_ERROR) {
            return PosttlsFinger.Word.NO_ROUTE;
        }
        MxHostObservation host = seen.mxHosts().get(0);
        return switch (verdict.dane()) {
            case VALID -> PosttlsFinger.Word.VERIFIED;
            case NONE -> PosttlsFinger.Word.NOT_PINNED;
            case BROKEN ->
                host.tlsa() == TlsaStatus.ERROR
                        ? PosttlsFinger.Word.DEFERRED
                        : host.endpoints().get(0).outcome() == Outcome.TLS_OK
                                ? PosttlsFinger.Word.MISMATCH
                                : PosttlsFinger.Word.NO_STARTTLS;
            case NOT_MEASURED, PARTIAL -> throw new AssertionError("not to be compared: " + verdict);
        };
    }

    private static PosttlsFinger finger() throws IOException {
        if (finger == null) {
            finger = PosttlsFinger.asking(block.address(3));
            RUNNING.add(finger);
            RUNNING.add(world.anotherRecursor(new InetSocketAddress(block.address(3), 53)));
        }
        return finger;
    }

    private static List<String> row(DomainProber prober, String domain) throws Exception {
        Observation seen = observe(prober, domain);
        DomainVerdict verdict = DomainJudge.judge(seen);
        return List.of(
                verdict.status().name(),
                seen.mxSecure().name(),
                joined(seen.mxHosts().stream().map(MxHostObservation::tlsa)),
                joined(seen.mxHosts().stream()
                        .flatMap(host -> host.endpoints().stream())
                        .map(EndpointObservation::dane)),
                verdict.dane().name(),
                verdict.level() == null ? "" : verdict.level().name());
    }

    private static String joined(Stream<?> values) {
        return values.map(Object::toString).collect(Collectors.joining(" "));
    }

    private static Observation observe(DomainProber prober, String domain) throws Exception {
        return prober.observe(Target.of("2026-11", 0, domain, List.of())).get(30, TimeUnit.SECONDS);
    }

    private static String reef() throws GeneralSecurityException, IOException {
        X509Certificate leaf = GOOD.leaf();
        byte[] key = leaf.getPublicKey().getEncoded();
        X509Certificate above = GOOD.chain().get(1);
        byte[] aboveKey = above.getPublicKey().getEncoded();
        String zeros = "0".repeat(64);
        StringBuilder zone = new StringBuilder();
        pinned(zone, "d311", GOOD_AT, "3 1 1 " + sha256(key));
        pinned(zone, "d301", GOOD_AT, "3 0 1 " + sha256(leaf.getEncoded()));
        pinned(zone, "d312", GOOD_AT, "3 1 2 " + hash("SHA-512", key));
        pinned(zone, "d300", GOOD_AT, "3 0 0 " + HexFormat.of().formatHex(leaf.getEncoded()));
        pinned(zone, "d310", GOOD_AT, "3 1 0 " + HexFormat.of().formatHex(key));
        pinned(zone, "rollover", GOOD_AT, "3 1 1 " + zeros, "3 1 1 " + sha256(key));
        pinned(
                zone,
                "expiredee",
                OLD_AT,
                "3 1 1 " + sha256(OLD.leaf().getPublicKey().getEncoded()));
        pinned(
                zone,
                "selfee",
                SELF_AT,
                "3 1 1 " + sha256(SELF.leaf().getPublicKey().getEncoded()));
        via(zone, "d211", "ta", GOOD_AT, "2 1 1 " + sha256(aboveKey));
        via(zone, "d201", "tafull", GOOD_AT, "2 0 1 " + sha256(above.getEncoded()));
        pinned(zone, "taunnamed", GOOD_AT, "2 1 1 " + sha256(aboveKey));
        zone.append("tanamed MX 10 mx.taunnamed\n");
        via(zone, "taexpired", "old", OLD_AT, "2 1 1 " + sha256(aboveKey));
        via(
                zone,
                "taroot",
                "rootta",
                GOOD_AT,
                "2 0 1 " + sha256(FORGE.rootCertificate().getEncoded()));
        via(zone, "taleaf", "leafta", GOOD_AT, "2 0 1 " + sha256(leaf.getEncoded()));
        pinned(zone, "mismatch", GOOD_AT, "3 1 1 " + zeros);
        pinned(zone, "halfway", GOOD_AT, "3 1 1 " + sha256(key));
        zone.append("mx.halfway A ")
                .append(block.prefix())
                .append('.')
                .append(OLD_AT)
                .append('\n');
        pinned(zone, "pkix", GOOD_AT, "1 1 1 " + sha256(key), "0 1 1 " + sha256(aboveKey));
        pinned(zone, "short", GOOD_AT, "3 1 1 " + sha256(key).substring(2), "3 1 9 " + sha256(key), "3 7 1 " + zeros);
        pinned(zone, "pkixtoo", GOOD_AT, "1 1 1 " + zeros, "3 1 1 " + sha256(key));
        zone.append("none MX 10 free\n").append(host("free", GOOD_AT));
        zone.append("partial MX 10 mx.d311\npartial MX 20 free\n");
        zone.append("lost MX 10 lost\n").append(host("lost", GOOD_AT));
        zone.append("stale MX 10 stale\n").append(host("stale", GOOD_AT));
        pinned(zone, "plain", PLAIN_AT, "3 1 1 " + sha256(key));
        zone.append(host("implicit", GOOD_AT)).append(tlsa("implicit", "3 1 1 " + sha256(key)));
        zone.append("*.wildcard MX 10 mx.d311\n");
        zone.append("alias MX 10 toend\ntoend CNAME mx.d311\n");
        zone.append("aliasown MX 10 tofree\ntofree CNAME free\n").append(tlsa("tofree", "3 1 1 " + sha256(key)));
        zone.append("aliasout MX 10 toopen\ntoopen CNAME mx.open.test.\n")
                .append(tlsa("toopen", "3 1 1 " + sha256(key)));
        zone.append("tlsaalias MX 10 shared\n")
                .append(host("shared", GOOD_AT))
                .append("_25._tcp.shared CNAME _25._tcp.mx.d311\n_" + block.port()
                        + "._tcp.shared CNAME _25._tcp.mx.d311\n");
        zone.append("openhost MX 10 mx.open.test.\n");
        zone.append("stalehost MX 10 mx.stale.test.\n");
        zone.append("dangling MX 10 nowhere\ndead MX 0 .\n");
        return zone.toString();
    }

    private static String others() {
        String key = sha256(GOOD.leaf().getPublicKey().getEncoded());
        return "@ MX 10 mx\n" + host("mx", GOOD_AT) + tlsa("mx", "3 1 1 " + key)
                + "tosecure MX 10 mx.d311.reef.test.\n";
    }

    /** A domain, its MX host {@code mx.<name>} and the host's TLSA records. */
    private static void pinned(StringBuilder zone, String name, int at, String... tlsa) {
        via(zone, name, "mx." + name, at, tlsa);
    }

    private static void via(StringBuilder zone, String name, String host, int at, String... tlsa) {
        zone.append(name + " MX 10 " + host + "\n").append(host(host, at));
        PINS.put(host + ".reef.test", List.of(tlsa));
        for (String record : tlsa) {
            zone.append(tlsa(host, record));
        }
    }

    /** We look at port 25 whatever port the laboratory uses; others look at the port that they connect to. */
    private static String tlsa(String host, String record) {
        return Stream.of(25, block.port())
                .map(port -> "_" + port + "._tcp." + host + " TLSA " + record + "\n")
                .collect(Collectors.joining());
    }

    private static String host(String name, int at) {
        return name + " A " + block.prefix() + "." + at + "\n";
    }

    private static String sha256(byte[] bytes) {
        return hash("SHA-256", bytes);
    }

    private static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
