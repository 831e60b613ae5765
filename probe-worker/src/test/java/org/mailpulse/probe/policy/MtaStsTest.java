package org.mailpulse.probe.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.MtaStsFinding.Status;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.probe.DomainProber;
import org.mailpulse.probe.HandshakeSink;
import org.mailpulse.probe.ProbeSettings;
import org.mailpulse.probe.Timeouts;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.peer.JsseSmtpPeer;
import org.mailpulse.probe.policy.HttpsPeer.Answer;
import org.mailpulse.probe.tls.StrictTls;
import org.mailpulse.probe.tls.TrustStore;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.Issuer;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.testbed.LoopbackBlock;
import org.mailpulse.testbed.server.Nsd;
import org.mailpulse.testbed.server.Program;

/** Records in NSD, policies on the JDK's HTTPS server, mail servers that answer: from the domain to its verdict. */
@Timeout(120)
class MtaStsTest {
    private static final CertificateForge FORGE = new CertificateForge(11);
    private static final int MAIL_AT = 3;
    private static final String ENFORCE = "version: STSv1\r\nmode: enforce\r\nmx: mx.reef.test\r\nmax_age: 604800\r\n";

    @TempDir
    static Path folder;

    private static final List<AutoCloseable> RUNNING = new ArrayList<>();
    private static final StringBuilder ZONE = new StringBuilder("""
            $ORIGIN reef.test.
            $TTL 60
            @ SOA ns hostmaster 1 3600 600 86400 60
            @ NS ns
            ns A 127.0.0.1
            none TXT "v=spf1 -all"
            _mta-sts.none TXT "some other thing"
            _mta-sts.two TXT "v=STSv1; id=1"
            _mta-sts.two TXT "v=STSv1; id=2"
            _mta-sts.noid TXT "v=STSv1;"
            _mta-sts.longid TXT "v=STSv1; id=123456789012345678901234567890123"
            _mta-sts.nohost TXT "v=STSv1; id=1"
            _mta-sts.private TXT "v=STSv1; id=1"
            _mta-sts.nobody TXT "v=STSv1; id=1"
            _mta-sts.broken NS ns
            """);

    private static LoopbackBlock block;
    private static ProbeSettings settings;
    private static DomainProber prober;
    private static HttpsPeer shared;
    private static int next = 10;

    @BeforeAll
    static void start() throws Exception {
        block = LoopbackBlock.claim(60);
        Credential mail = FORGE.issue(LeafRequest.named("mx.reef.test", "deep.sub.reef.test"));
        RUNNING.add(new JsseSmtpPeer(block.at(MAIL_AT), mail, "", "").open());
        ZONE.append("mx A " + block.prefix() + "." + MAIL_AT + "\ndeep.sub A " + block.prefix() + "." + MAIL_AT + "\n");
        ZONE.append("mta-sts.private A " + block.prefix() + ".2\nmta-sts.nobody A " + block.prefix() + ".59\n");
        policies();
        for (String name : List.of("none", "two", "noid", "longid", "nohost", "private", "nobody", "broken")) {
            ZONE.append(name + " MX 10 mx\n");
        }
        Nsd nsd = Nsd.start(
                block.at(1),
                List.of(new Nsd.Zone("reef.test", ZONE.toString()), Nsd.Zone.broken("_mta-sts.broken.reef.test")));
        RUNNING.add(nsd);
        settings = ProbeSettings.defaults()
                .withResolvers(List.of(nsd.address()))
                .withSmtpPort(block.port())
                .withPolicyPort(block.port())
                .withEhloName("probe.example")
                .withAllowPrivate(true)
                .withTrustStore(FORGE.writeTrustStore(folder.resolve("roots.pem")))
                .withGap(Duration.ZERO)
                .withConfirmAfter(Duration.ofMillis(20))
                .withTimeouts(Timeouts.DEFAULT.withPolicy(Duration.ofSeconds(2)));
        prober = DomainProber.open(settings, HandshakeSink.NONE);
        RUNNING.add(prober);
    }

    @AfterAll
    static void stop() throws Exception {
        for (int i = RUNNING.size() - 1; i >= 0; i--) {
            RUNNING.get(i).close();
        }
    }

    private static void policies() throws IOException {
        shared = policy("enforce", Answer.text(ENFORCE));
        policy("testing", Answer.text("version: STSv1\nmode: testing\nmx: mx.elsewhere.test\nmax_age: 86400\n"));
        policy("disabled", Answer.text("version: STSv1\nmode: none\nmax_age: 86400"));
        policy("wildcard", Answer.text(ENFORCE.replace("mx.reef.test", "*.reef.test")));
        policy("toowide", Answer.text(ENFORCE.replace("mx.reef.test", "*.test")));
        policy("uncovered", Answer.text(ENFORCE.replace("mx.reef.test", "mx.elsewhere.test")));
        policy("unlabelled", new Answer(200, null, null, ENFORCE, 0));
        policy("html", new Answer(200, "text/html", null, "<html><body>Hello", 0));
        policy("binary", new Answer(200, "application/octet-stream", null, ENFORCE, 0));
        policy("garbage", Answer.text("\u0000\u0001 nothing: like\na policy"));
        policy("nomode", Answer.text("version: STSv1\nmx: mx.reef.test\nmax_age: 1\n"));
        policy("nomx", Answer.text("version: STSv1\nmode: enforce\nmax_age: 1\n"));
        policy("fits", Answer.text(ENFORCE + "x: " + "y".repeat(65_536 - ENFORCE.length() - 3)));
        policy("oversized", Answer.text(ENFORCE + "x: " + "y".repeat(65_536 - ENFORCE.length() - 2)));
        policy("gone", Answer.status(404));
        policy("failing", Answer.status(503));
        policy("redirect", new Answer(301, "text/plain", "https://mta-sts.enforce.reef.test/", ENFORCE, 0));
        policy("slow", new Answer(200, "text/plain", null, ENFORCE, 5_000));
        policy("silent", new Answer(0, null, null, "", 0));
        peer("expired", named("expired").withValidity(Instant.EPOCH, Instant.parse("2024-02-01T00:00:00Z")), "TLSv1.3");
        peer("misnamed", LeafRequest.named("mta-sts.elsewhere.test"), "TLSv1.3");
        peer("commonname", named("commonname").withDnsNames(), "TLSv1.3");
        peer("selfsigned", named("selfsigned").withIssuer(Issuer.SELF), "TLSv1.3");
        peer("wildcert", LeafRequest.named("*.wildcert.reef.test"), "TLSv1.2");
        domain("plainhttp", 58);
        ZONE.append("mta-sts.plainhttp A " + block.prefix() + ".1\n"); // where NSD listens
        ZONE.append("_mta-sts.cname CNAME _mta-sts.enforce\ncname MX 10 mx\nmta-sts.cname CNAME mta-sts.enforce\n");
        ZONE.append("deep MX 10 deep.sub\n_mta-sts.deep TXT \"v=STSv1; id=1\"\n");
        RUNNING.add(new HttpsPeer(
                block.at(next),
                FORGE.issue(named("deep")),
                "TLSv1.3",
                Answer.text(ENFORCE.replace("mx.reef.test", "*.reef.test"))));
        ZONE.append("mta-sts.deep A " + block.prefix() + "." + next++ + "\n");
    }

    private static LeafRequest named(String name) {
        return LeafRequest.named("mta-sts." + name + ".reef.test");
    }

    private static HttpsPeer policy(String name, Answer answer) throws IOException {
        return peer(name, named(name), "TLSv1.3", answer);
    }

    private static void peer(String name, LeafRequest certificate, String protocol) throws IOException {
        peer(name, certificate, protocol, Answer.text(ENFORCE));
    }

    private static HttpsPeer peer(String name, LeafRequest certificate, String protocol, Answer answer)
            throws IOException {
        HttpsPeer peer = new HttpsPeer(block.at(next), FORGE.issue(certificate), protocol, answer);
        RUNNING.add(peer);
        domain(name, next);
        ZONE.append("mta-sts." + name + " A " + block.prefix() + "." + next + "\n");
        next++;
        return peer;
    }

    private static void domain(String name, int serial) {
        ZONE.append(name + " MX 10 mx\n_mta-sts." + name + " TXT \"v=STSv1; \" \"id=2026" + serial + ";\"\n");
    }

    @ParameterizedTest
    @CsvSource({
        "enforce, POLICY, ENFORCE, ENFORCED",
        "wildcard, POLICY, ENFORCE, ENFORCED",
        "unlabelled, POLICY, ENFORCE, ENFORCED",
        "fits, POLICY, ENFORCE, ENFORCED",
        "wildcert, POLICY, ENFORCE, ENFORCED",
        "testing, POLICY, TESTING, AUTHENTICABLE",
        "disabled, POLICY, DISABLED, AUTHENTICABLE",
        "uncovered, POLICY, BROKEN, AUTHENTICABLE",
        "toowide, POLICY, BROKEN, AUTHENTICABLE",
        "deep, POLICY, BROKEN, AUTHENTICABLE",
        "html, POLICY_INVALID, BROKEN, AUTHENTICABLE",
        "binary, POLICY_INVALID, BROKEN, AUTHENTICABLE",
        "garbage, POLICY_INVALID, BROKEN, AUTHENTICABLE",
        "nomode, POLICY_INVALID, BROKEN, AUTHENTICABLE",
        "nomx, POLICY_INVALID, BROKEN, AUTHENTICABLE",
        "oversized, POLICY_INVALID, BROKEN, AUTHENTICABLE",
        "gone, POLICY_UNREACHABLE, BROKEN, AUTHENTICABLE",
        "failing, POLICY_UNREACHABLE, BROKEN, AUTHENTICABLE",
        "redirect, POLICY_UNREACHABLE, BROKEN, AUTHENTICABLE",
        "slow, POLICY_UNREACHABLE, BROKEN, AUTHENTICABLE",
        "silent, POLICY_UNREACHABLE, BROKEN, AUTHENTICABLE",
        "expired, POLICY_UNREACHABLE, BROKEN, AUTHENTICABLE",
        "misnamed, POLICY_UNREACHABLE, BROKEN, AUTHENTICABLE",
        "cname, POLICY_UNREACHABLE, BROKEN, AUTHENTICABLE",
        "commonname, POLICY_UNREACHABLE, BROKEN, AUTHENTICABLE",
        "selfsigned, POLICY_UNREACHABLE, BROKEN, AUTHENTICABLE",
        "plainhttp, POLICY_UNREACHABLE, BROKEN, AUTHENTICABLE",
        "nobody, POLICY_UNREACHABLE, BROKEN, AUTHENTICABLE",
        "nohost, POLICY_UNREACHABLE, BROKEN, AUTHENTICABLE",
        "two, RECORD_INVALID, BROKEN, AUTHENTICABLE",
        "noid, RECORD_INVALID, BROKEN, AUTHENTICABLE",
        "longid, RECORD_INVALID, BROKEN, AUTHENTICABLE",
        "none, ABSENT, NONE, AUTHENTICABLE",
        "broken, DNS_ERROR, NOT_MEASURED, AUTHENTICABLE"
    })
    void eachPolicyIsFoundForWhatItIs(String name, String status, String state, String level) throws Exception {
        Observation seen = observe(prober, "2026-10", name);
        var verdict = DomainJudge.judge(seen);
        assertThat(List.of(
                        seen.mtaSts().status().name(),
                        verdict.mtaSts().name(),
                        verdict.level().name()))
                .containsExactly(status, state, level);
    }

    @Test
    void whatThePolicySaysIsKept() throws Exception {
        MtaStsFinding found = observe(prober, "2026-10", "enforce").mtaSts();
        assertThat(found.id()).startsWith("2026");
        assertThat(found)
                .isEqualTo(new MtaStsFinding(Status.POLICY, found.id(), "enforce", List.of("mx.reef.test"), 604_800));
    }

    @Test
    void aPolicyIsFetchedOncePerSurvey() throws Exception {
        try (DomainProber own = DomainProber.open(settings, HandshakeSink.NONE)) {
            int before = shared.asked().size();
            observe(own, "2026-10", "enforce");
            observe(own, "2026-10", "enforce");
            observe(own, "2026-11", "enforce");
            List<String> asked = shared.asked().subList(before, shared.asked().size());
            assertThat(asked)
                    .containsExactly(
                            "/.well-known/mta-sts.txt mta-sts.enforce.reef.test",
                            "/.well-known/mta-sts.txt mta-sts.enforce.reef.test");
        }
    }

    @Test
    void aPrivateAddressIsNotConnectedToUnlessAllowed() throws Exception {
        try (HttpsPeer peer =
                        new HttpsPeer(block.at(2), FORGE.issue(named("private")), "TLSv1.3", Answer.text(ENFORCE));
                DomainProber strict = DomainProber.open(settings.withAllowPrivate(false), HandshakeSink.NONE)) {
            assertThat(observe(strict, "2026-10", "private").mtaSts().status()).isEqualTo(Status.POLICY_UNREACHABLE);
            assertThat(peer.asked()).isEmpty();
            assertThat(observe(prober, "2026-10", "private").mtaSts().status()).isEqualTo(Status.POLICY);
            assertThat(peer.asked()).hasSize(1);
        }
    }

    @Test
    void theClientItselfKeepsAwayFromPrivateAddresses() throws Exception {
        // as if the address had changed between the question and the connection
        PolicySettings strict = new PolicySettings(
                block.port(), "probe", false, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ZERO);
        try (HttpsPeer peer =
                        new HttpsPeer(block.at(2), FORGE.issue(named("private")), "TLSv1.3", Answer.text(ENFORCE));
                Transport transport = Transport.open(1);
                StrictTls tls = new StrictTls(TrustStore.load(settings.trustStore()), Runnable::run)) {
            InetAddress address = block.address(2);
            assertThat(new PolicyClient(transport, tls, strict)
                            .fetch(address, "mta-sts.private.reef.test")
                            .get(10, TimeUnit.SECONDS)
                            .result())
                    .isEqualTo(Fetched.Result.FAILED);
            assertThat(peer.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"-tls1_1, FAILED", "-tls1_2, TEXT", "-tls1_3, TEXT"})
    void tlsMustNotBeOlderThan12(String version, Fetched.Result expected) throws Exception {
        Path home = Files.createDirectories(folder.resolve("home" + version));
        var files = FORGE.issue(named("openssl")).writeTo(home, "server");
        Files.writeString(Files.createDirectories(home.resolve(".well-known")).resolve("mta-sts.txt"), ENFORCE);
        InetSocketAddress at = block.at(57);
        String address = at.getAddress().getHostAddress() + ":" + at.getPort();
        Process server = new ProcessBuilder(List.of(
                        Program.OPENSSL.path(),
                        "s_server",
                        "-WWW",
                        "-accept",
                        address,
                        version,
                        "-cipher",
                        "DEFAULT:@SECLEVEL=0",
                        "-key",
                        files.key().toString(),
                        "-cert",
                        files.chain().toString(),
                        "-cert_chain",
                        files.chain().toString()))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
        try (Transport transport = Transport.open(1);
                StrictTls tls = new StrictTls(TrustStore.load(settings.trustStore()), Runnable::run)) {
            awaitListening(at);
            PolicySettings lab = new PolicySettings(
                    block.port(), "probe", true, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ZERO);
            Fetched fetched = new PolicyClient(transport, tls, lab)
                    .fetch(at.getAddress(), "mta-sts.openssl.reef.test")
                    .get(10, TimeUnit.SECONDS);
            assertThat(fetched.result())
                    .as(Files.readString(home.resolve("log")))
                    .isEqualTo(expected);
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private static void awaitListening(InetSocketAddress at) throws InterruptedException {
        for (int attempt = 0; attempt < 200; attempt++) {
            try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
                return;
            } catch (IOException notYet) {
                Thread.sleep(20);
            }
        }
        throw new IllegalStateException("nobody listens at " + at);
    }

    @ParameterizedTest
    @ValueSource(strings = {"enforce.reef.test", "mta-sts.enforce.reef.test", "{net}.10/32"})
    void whoAskedNotToBeAskedIsLeftAlone(String entry) throws Exception {
        Path list = Files.writeString(folder.resolve("opt-out.txt"), entry.replace("{net}", block.prefix()) + "\n");
        int before = shared.asked().size();
        try (DomainProber polite = DomainProber.open(settings.withOptOut(list), HandshakeSink.NONE)) {
            assertThat(observe(polite, "2026-10", "enforce").mtaSts()).isEqualTo(MtaStsFinding.NOT_MEASURED);
        }
        assertThat(shared.asked()).hasSize(before);
    }

    private static Observation observe(DomainProber prober, String survey, String name) throws Exception {
        return prober.observe(Target.of(survey, 0, name + ".reef.test", List.of()))
                .get(30, TimeUnit.SECONDS);
    }
}
