package org.mailpulse.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailpulse.simulator.world.CertificateKind;
import org.mailpulse.simulator.world.HostPlan;
import org.mailpulse.simulator.world.HostPlan.TlsaPlan;
import org.mailpulse.simulator.world.ServerKind;
import org.mailpulse.simulator.world.Servers;
import org.mailpulse.simulator.world.World;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

/** TLSA records from the simulated DNS against the mail servers, as OpenSSL checks them. */
@Timeout(120)
class TlsaTest {
    private static final int SURVEY = 11;
    private static final int DOMAINS = 40_000;

    @TempDir
    static Path folder;

    private static Simulator simulator;
    private static World world;

    @BeforeAll
    static void start() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withDomains(DOMAINS));
        simulator.setSurvey(SURVEY);
        world = simulator.world();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsaPlan.class,
            names = {"MATCHES", "ROLLOVER", "CERTIFICATE", "SHA_512", "ANCHOR"})
    void whatPinsIsMatchedByTheServer(TlsaPlan plan) throws Exception {
        for (HostPlan host : hosts(plan).limit(3).toList()) {
            assertThat(openssl(host)).contains("Verification: OK", "DANE TLSA");
        }
    }

    @Test
    void anOldKeyIsNotMatched() throws Exception {
        for (HostPlan host : hosts(TlsaPlan.MISMATCHES).limit(3).toList()) {
            assertThat(openssl(host)).contains("Verification error: no matching DANE TLSA records");
        }
    }

    @Test
    void aPinnedKeyMakesUpForASelfSignedCertificate() throws Exception {
        HostPlan host = hosts(TlsaPlan.MATCHES)
                .filter(candidate -> candidate.certificate().kind() == CertificateKind.SELF_SIGNED)
                .findFirst()
                .orElseThrow();
        assertThat(openssl(host)).contains("Verification: OK");
    }

    @Test
    void theUnusableOneIsOfAUsageForTheWebOnly() throws Exception {
        HostPlan host = hosts(TlsaPlan.UNUSABLE).findFirst().orElseThrow();
        assertThat(records(host))
                .singleElement()
                .extracting(TLSARecord::getCertificateUsage)
                .isEqualTo(1);
    }

    @Test
    void aFailingQuestionFails() throws IOException {
        HostPlan host = hosts(TlsaPlan.FAILS).findFirst().orElseThrow();
        assertThat(ask(host).getRcode()).isEqualTo(Rcode.SERVFAIL);
    }

    @Test
    void recordsOfAnAliasStandAtTheNameThatItLeadsTo() throws IOException {
        HostPlan host = IntStream.range(0, DOMAINS)
                .mapToObj(index -> world.host("mail." + world.domain(index).name(), SURVEY))
                .flatMap(Optional::stream)
                .filter(candidate -> candidate.alias() && candidate.tlsa() == TlsaPlan.MATCHES)
                .filter(candidate -> exists(candidate.name()))
                .findFirst()
                .orElseThrow();
        assertThat(records(host))
                .singleElement()
                .extracting(record -> record.getName().toString(true))
                .isEqualTo("_25._tcp.real." + host.name());
    }

    private static boolean exists(String host) {
        return world.zone(host.substring(host.indexOf('.') + 1), SURVEY).isPresent();
    }

    /** Self-run MX hosts whose handshake completes. */
    private static Stream<HostPlan> hosts(TlsaPlan plan) {
        return IntStream.range(0, DOMAINS)
                .mapToObj(index ->
                        world.host("mail." + world.domain(index).name(), SURVEY).orElseThrow())
                .filter(host -> host.tlsa() == plan && !host.alias() && exists(host.name()))
                .filter(host -> {
                    ServerKind kind = world.servers().kind(host.slots().get(0), SURVEY);
                    return kind == ServerKind.TLS13 || kind == ServerKind.TLS13_HYBRID;
                });
    }

    private static List<TLSARecord> records(HostPlan host) throws IOException {
        return ask(host).getSection(Section.ANSWER).stream()
                .filter(TLSARecord.class::isInstance)
                .map(TLSARecord.class::cast)
                .toList();
    }

    private static Message ask(HostPlan host) throws IOException {
        Name name = Name.fromConstantString("_25._tcp." + host.name() + ".");
        return new SimpleResolver(simulator.dnsAddress())
                .send(Message.newQuery(Record.newRecord(name, Type.TLSA, DClass.IN)));
    }

    private static String openssl(HostPlan host) throws IOException, InterruptedException {
        List<TLSARecord> records = records(host);
        assertThat(records).as("TLSA records of " + host).isNotEmpty();
        InetAddress address =
                InetAddress.getByAddress(Servers.address(host.slots().get(0)));
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-starttls", "smtp", "-connect"));
        command.add(address.getHostAddress() + ":" + simulator.smtpPort());
        command.addAll(List.of("-servername", host.name(), "-dane_tlsa_domain", host.name()));
        command.addAll(List.of("-dane_ee_no_namechecks", "-cipher", "ALL:@SECLEVEL=0"));
        records.forEach(record -> command.addAll(List.of("-dane_tlsa_rrdata", record.rdataToString())));
        Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
        client.getOutputStream().close();
        String printed = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return printed;
    }
}
