package org.mailpulse.simulator.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.simulator.net.Loops;
import org.mailpulse.simulator.policy.PolicyAddresses;
import org.mailpulse.simulator.tls.Credentials;
import org.mailpulse.simulator.world.HostPlan;
import org.mailpulse.simulator.world.HostPlan.TlsaPlan;
import org.mailpulse.simulator.world.MailPlan;
import org.mailpulse.simulator.world.MailPlan.Manner;
import org.mailpulse.simulator.world.MailPlan.MtaStsPlan;
import org.mailpulse.simulator.world.MailPlan.Mx;
import org.mailpulse.simulator.world.MailPlan.Routing;
import org.mailpulse.simulator.world.MailPlan.TlsRptPlan;
import org.mailpulse.simulator.world.Servers;
import org.mailpulse.simulator.world.World;
import org.mailpulse.simulator.world.Worlds;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

@Timeout(60)
class DnsServerTest {
    private static final World WORLD = Worlds.of(1, 20_000, 12, 0.3);
    private static final AtomicInteger SURVEY = new AtomicInteger();
    private static Loops loops;
    private static DnsServer server;
    private static SimpleResolver resolver;

    @BeforeAll
    static void start() throws IOException {
        loops = new Loops(1);
        server = DnsServer.start(WORLD, SURVEY::get, new Credentials(1), loops, 0);
        resolver = new SimpleResolver(server.address());
        resolver.setTimeout(Duration.ofSeconds(5));
    }

    @AfterAll
    static void stop() {
        server.close();
        loops.close();
    }

    @Test
    void mxRecordsAreThosePlanted() throws IOException {
        int index = planned(plan -> plan.mx().size() > 1);
        List<Mx> told = ask(index, Type.MX).getSection(Section.ANSWER).stream()
                .map(MXRecord.class::cast)
                .map(mx -> new Mx(mx.getPriority(), mx.getTarget().toString(true)))
                .sorted(Comparator.comparingInt(Mx::preference).thenComparing(Mx::host))
                .toList();
        assertThat(told)
                .containsExactlyElementsOf(WORLD.plan(index, 0).mx().stream()
                        .sorted(Comparator.comparingInt(Mx::preference).thenComparing(Mx::host))
                        .toList());
    }

    @Test
    void namesAreFoundWhateverTheirCase() throws IOException {
        int index = planned(plan -> plan.mx().size() > 1);
        Message answer = ask(WORLD.domain(index).name().toUpperCase(Locale.ROOT), Type.MX);
        assertThat(answer.getSection(Section.ANSWER)).hasSizeGreaterThan(1);
    }

    @Test
    void anMxHostHasTheAddressesOfItsServers() throws IOException {
        HostPlan host = WORLD.host("mx1.quorrelmail.example", 0).orElseThrow();
        Message answer = ask(host.name(), Type.A);
        assertThat(answer.getSection(Section.ANSWER))
                .extracting(record -> ((ARecord) record).getAddress().getAddress())
                .containsExactlyElementsOf(
                        host.slots().stream().map(Servers::address).toList());
    }

    @Test
    void aHostWithIpv6HasTheLoopbackAddress() throws IOException {
        HostPlan host = host(HostPlan::ipv6);
        assertThat(only(ask(host.name(), Type.AAAA)).rdataToString()).isEqualTo("0:0:0:0:0:0:0:1");
    }

    @Test
    void aHostWithoutIpv6HasNoDataButAnSoa() throws IOException {
        Message answer = ask("mx1.quorrelmail.example", Type.AAAA);
        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(answer.getSection(Section.AUTHORITY))
                .extracting(Record::getType)
                .containsExactly(Type.SOA);
    }

    @Test
    void anUnknownNameDoesNotExist() throws IOException {
        for (String name : List.of("nowhere.xn", "mx9.quorrelmail.example", "nobody.example", "nothing")) {
            Message answer = ask(name, Type.MX);
            assertThat(answer.getRcode()).as(name).isEqualTo(Rcode.NXDOMAIN);
            assertThat(answer.getSection(Section.AUTHORITY)).as(name).hasSize(1);
        }
    }

    @Test
    void aDeadDomainDoesNotExist() throws IOException {
        assertThat(ask(planned(plan -> plan.routing() == Routing.NXDOMAIN), Type.MX)
                        .getRcode())
                .isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void aNullMxPointsToTheRoot() throws IOException {
        MXRecord record = (MXRecord) only(ask(planned(plan -> plan.routing() == Routing.NULL_MX), Type.MX));
        assertThat(record.getTarget()).isEqualTo(Name.root);
        assertThat(record.getPriority()).isZero();
    }

    @Test
    void anImplicitMxHasAnAddressAndNoMx() throws IOException {
        int index = planned(plan -> plan.routing() == Routing.IMPLICIT_MX);
        assertThat(ask(index, Type.MX).getSection(Section.ANSWER)).isEmpty();
        assertThat(ask(index, Type.A).getSection(Section.ANSWER)).isNotEmpty();
    }

    @Test
    void aDomainWithoutMailHasNeither() throws IOException {
        int index = planned(plan -> plan.routing() == Routing.NO_ADDRESS);
        for (int type : new int[] {Type.MX, Type.A, Type.AAAA}) {
            Message answer = ask(index, type);
            assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        }
    }

    @Test
    void anAliasedDomainAnswersWithAliasAndRecords() throws IOException {
        int index = planned(plan -> plan.alias() && plan.routing() == Routing.MX);
        List<Record> records = ask(index, Type.MX).getSection(Section.ANSWER);
        Name target = ((CNAMERecord) records.get(0)).getTarget();
        assertThat(records.subList(1, records.size()))
                .isNotEmpty()
                .allMatch(record ->
                        record.getType() == Type.MX && record.getName().equals(target));
        assertThat(ask(target.toString(), Type.MX).getSection(Section.ANSWER)).hasSize(records.size() - 1);
    }

    @Test
    void anAliasedHostAnswersWithAliasAndAddress() throws IOException {
        HostPlan host = host(HostPlan::alias);
        List<Record> records = ask(host.name(), Type.A).getSection(Section.ANSWER);
        assertThat(records).extracting(Record::getType).startsWith(Type.CNAME, Type.A);
    }

    @Test
    void hostsOfTroubleAnswerAsTheirNamesSay() throws IOException {
        String domain = WORLD.domain(planned(plan -> true)).name();
        assertThat(ask("sick." + domain, Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(ask("gone." + domain, Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        Message bare = ask("bare." + domain, Type.A);
        assertThat(bare.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(bare.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void aZoneTellsOfItselfAtItsApexOnly() throws IOException {
        for (String apex : List.of(".", "xn", "test", "quorrelmail.example", smallHoster())) {
            assertThat(only(ask(apex, Type.SOA))).as(apex).isInstanceOf(SOARecord.class);
            Name server = ((NSRecord) only(ask(apex, Type.NS))).getTarget();
            assertThat(only(ask(server.toString(), Type.A)).rdataToString()).isEqualTo("127.0.0.1");
        }
        assertThat(ask("mx1.quorrelmail.example", Type.SOA).getSection(Section.ANSWER))
                .isEmpty();
    }

    private static String smallHoster() {
        int index =
                planned(plan -> !plan.mx().isEmpty() && plan.mx().get(0).host().endsWith(".test"));
        return WORLD.hoster(index, 0);
    }

    @Test
    void aNameThatOnlyHasNamesBelowItExists() throws IOException {
        String protectedHost =
                host(host -> host.tlsa() == TlsaPlan.MATCHES && !host.alias()).name();
        for (String name : List.of("mx.vastibule.example", "_tcp." + protectedHost)) {
            Message answer = ask(name, Type.A);
            assertThat(answer.getRcode()).as(name).isEqualTo(Rcode.NOERROR);
            assertThat(answer.getSection(Section.ANSWER)).as(name).isEmpty();
        }
    }

    @Test
    void nothingIsBelowADomainThatDoesNotExist() throws IOException {
        String domain = WORLD.domain(planned(plan -> plan.routing() == Routing.NXDOMAIN))
                .name();
        for (String prefix : List.of("mail.", "mta-sts.", "_25._tcp.mail.", "ns.")) {
            assertThat(ask(prefix + domain, Type.A).getRcode()).as(prefix).isEqualTo(Rcode.NXDOMAIN);
        }
    }

    @Test
    void anMtaStsRecordLeadsToThePolicyHost() throws IOException {
        int index = planned(plan -> plan.mtaSts() == MtaStsPlan.ENFORCE);
        String domain = WORLD.domain(index).name();
        assertThat(texts("_mta-sts." + domain)).contains("\"v=STSv1; id=202512;\"");
        ARecord host = (ARecord) only(ask("mta-sts." + domain, Type.A));
        assertThat(host.getAddress().getAddress()).isEqualTo(PolicyAddresses.of(index));
    }

    @Test
    void anInvalidMtaStsRecordHasNoId() throws IOException {
        String domain = WORLD.domain(planned(plan -> plan.mtaSts() == MtaStsPlan.INVALID_RECORD))
                .name();
        assertThat(texts("_mta-sts." + domain)).contains("\"v=STSv1;\"");
    }

    @Test
    void aPolicyHostCanBeMissing() throws IOException {
        String domain = WORLD.domain(planned(plan -> plan.mtaSts() == MtaStsPlan.NO_HOST))
                .name();
        assertThat(texts("_mta-sts." + domain)).isNotEmpty();
        assertThat(ask("mta-sts." + domain, Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void aDomainWithoutPolicyHasNeitherRecordNorHost() throws IOException {
        String domain = WORLD.domain(planned(plan -> plan.mtaSts() == MtaStsPlan.NONE && plan.routing() == Routing.MX))
                .name();
        assertThat(ask("_mta-sts." + domain, Type.TXT).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(ask("mta-sts." + domain, Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void someAskForReports() throws IOException {
        String domain = WORLD.domain(planned(plan -> plan.tlsRpt() == TlsRptPlan.MAIL && plan.routing() == Routing.MX))
                .name();
        assertThat(texts("_smtp._tls." + domain))
                .containsExactly("\"v=TLSRPTv1; rua=mailto:tls-reports@" + domain + "\"");
    }

    @Test
    void someAskForReportsInAWayThatNobodyCanFollow() throws IOException {
        String twice =
                WORLD.domain(planned(plan -> plan.tlsRpt() == TlsRptPlan.TWICE)).name();
        String fails =
                WORLD.domain(planned(plan -> plan.tlsRpt() == TlsRptPlan.FAILS)).name();
        assertThat(texts("_smtp._tls." + twice)).hasSize(2);
        assertThat(ask("_smtp._tls." + fails, Type.TXT).getRcode()).isEqualTo(Rcode.SERVFAIL);
    }

    private static List<String> texts(String name) throws IOException {
        return ask(name, Type.TXT).getSection(Section.ANSWER).stream()
                .map(Record::rdataToString)
                .toList();
    }

    @Test
    void failuresAreServed() throws IOException {
        assertThat(ask(withManner(Manner.SERVFAIL), Type.MX).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(ask(withManner(Manner.REFUSED), Type.MX).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void aDroppedQuestionIsNeverAnswered() throws IOException {
        String name = WORLD.domain(withManner(Manner.DROPPED)).name();
        assertThatThrownBy(() -> datagram(query(name, Type.MX).toWire(), 300))
                .isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> datagram(query(name, Type.MX).toWire(), 300))
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aLostQuestionIsAnsweredTheSecondTime() throws IOException {
        String name = WORLD.domain(withManner(Manner.LOSSY)).name();
        assertThatThrownBy(() -> datagram(query(name, Type.MX).toWire(), 300))
                .isInstanceOf(SocketTimeoutException.class);
        assertThat(datagram(query(name, Type.MX).toWire(), 5_000).getHeader().getFlag(Flags.QR))
                .isTrue();
    }

    @Test
    void aSlowAnswerTakesItsTime() throws IOException {
        int index = withManner(Manner.SLOW);
        long start = System.nanoTime();
        Message answer = ask(index, Type.MX);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void aTruncatedAnswerComesWholeOverTcp() throws IOException {
        int index = IntStream.range(0, 20_000)
                .filter(i -> WORLD.plan(i, 0).manner() == Manner.TRUNCATED
                        && WORLD.plan(i, 0).routing() == Routing.MX)
                .findFirst()
                .orElseThrow();
        Message truncated = datagram(query(WORLD.domain(index).name(), Type.MX).toWire(), 5_000);
        assertThat(truncated.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(truncated.getSection(Section.ANSWER)).isEmpty();
        assertThat(ask(index, Type.MX).getSection(Section.ANSWER)).isNotEmpty();
    }

    @Test
    void moreThanADatagramHoldsIsTruncatedWithoutEdnsAndWholeWithIt() throws IOException {
        int index = planned(plan -> plan.mx().size() >= 12 && plan.manner() == Manner.PROMPT);
        Message plain = query(WORLD.domain(index).name(), Type.MX);
        Message answer = datagram(plain.toWire(), 5_000);
        plain.addRecord(new OPTRecord(1_232, 0, 0), Section.ADDITIONAL);
        Message whole = datagram(plain.toWire(), 5_000);
        assertThat(answer.toWire().length).isLessThanOrEqualTo(512);
        assertThat(whole.getSection(Section.ANSWER)).hasSizeGreaterThanOrEqualTo(12);
        assertThat(whole.getOPT().getPayloadSize()).isEqualTo(1_232);
        assertThat(answer.getOPT()).isNull();
    }

    @Test
    void severalQuestionsGoOverOneTcpConnection() throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(5_000);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (String name : List.of("mx1.quorrelmail.example", "mx2.quorrelmail.example")) {
                byte[] query = query(name, Type.A).toWire();
                out.writeShort(query.length);
                out.write(query);
                byte[] answer = in.readNBytes(in.readUnsignedShort());
                assertThat(new Message(answer).getSection(Section.ANSWER)).hasSize(3);
            }
        }
    }

    @Test
    void anotherSurveyHasOtherAnswers() throws IOException {
        int index = IntStream.range(0, 20_000)
                .filter(i -> WORLD.plan(i, 0).routing() == Routing.MX
                        && WORLD.plan(i, 11).routing() == Routing.NXDOMAIN
                        && WORLD.plan(i, 0).manner() == Manner.PROMPT
                        && WORLD.plan(i, 11).manner() == Manner.PROMPT)
                .findFirst()
                .orElseThrow();
        assertThat(ask(index, Type.MX).getRcode()).isEqualTo(Rcode.NOERROR);
        SURVEY.set(11);
        try {
            assertThat(ask(index, Type.MX).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        } finally {
            SURVEY.set(0);
        }
    }

    @Test
    void whatIsNoQuestionIsAnsweredWithAnError() throws IOException {
        byte[] cut = {0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 63};
        Message answer = datagram(cut, 5_000);
        assertThat(answer.getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(answer.getHeader().getID()).isEqualTo(0x1234);

        Message update = query("a.xn", Type.A);
        update.getHeader().setOpcode(Opcode.UPDATE);
        assertThat(datagram(update.toWire(), 5_000).getRcode()).isEqualTo(Rcode.NOTIMP);

        Message chaos = Message.newQuery(Record.newRecord(Name.fromString("version.bind."), Type.TXT, DClass.CH));
        assertThat(datagram(chaos.toWire(), 5_000).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void anAnswerIsNeverAnswered() {
        Message answer = query("a.xn", Type.A);
        answer.getHeader().setFlag(Flags.QR);
        assertThatThrownBy(() -> datagram(answer.toWire(), 300)).isInstanceOf(SocketTimeoutException.class);
    }

    private static int planned(Predicate<MailPlan> property) {
        return Worlds.find(
                WORLD, index -> WORLD.plan(index, 0).manner() == Manner.PROMPT && property.test(WORLD.plan(index, 0)));
    }

    private static int withManner(Manner manner) {
        return Worlds.find(
                WORLD,
                index -> WORLD.plan(index, 0).manner() == manner
                        && WORLD.plan(index, 0).routing() == Routing.MX);
    }

    private static HostPlan host(Predicate<HostPlan> property) {
        return IntStream.range(0, 20_000)
                .mapToObj(index ->
                        WORLD.host("mail." + WORLD.domain(index).name(), 0).orElseThrow())
                .filter(property)
                .findFirst()
                .orElseThrow();
    }

    private static Message ask(int index, int type) throws IOException {
        return ask(WORLD.domain(index).name(), type);
    }

    private static Message ask(String name, int type) throws IOException {
        return resolver.send(query(name, type));
    }

    private static Message query(String name, int type) {
        String absolute = name.endsWith(".") ? name : name + ".";
        return Message.newQuery(Record.newRecord(Name.fromConstantString(absolute), type, DClass.IN));
    }

    private static Record only(Message answer) {
        assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
        return answer.getSection(Section.ANSWER).get(0);
    }

    private static Message datagram(byte[] query, int timeoutMillis) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(timeoutMillis);
            socket.send(new DatagramPacket(query, query.length, server.address()));
            DatagramPacket answer = new DatagramPacket(new byte[4_096], 4_096);
            socket.receive(answer);
            return new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
        }
    }
}
