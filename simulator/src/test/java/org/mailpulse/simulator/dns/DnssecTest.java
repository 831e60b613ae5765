package org.mailpulse.simulator.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.simulator.net.Loops;
import org.mailpulse.simulator.tls.Credentials;
import org.mailpulse.simulator.world.HostPlan;
import org.mailpulse.simulator.world.HostPlan.Addressing;
import org.mailpulse.simulator.world.HostPlan.TlsaPlan;
import org.mailpulse.simulator.world.MailPlan;
import org.mailpulse.simulator.world.MailPlan.Manner;
import org.mailpulse.simulator.world.MailPlan.MtaStsPlan;
import org.mailpulse.simulator.world.MailPlan.Mx;
import org.mailpulse.simulator.world.MailPlan.Routing;
import org.mailpulse.simulator.world.MailPlan.Signing;
import org.mailpulse.simulator.world.MailPlan.TlsRptPlan;
import org.mailpulse.simulator.world.World;
import org.mailpulse.simulator.world.Worlds;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/** What validators make of the signatures, against what was planted. */
@Timeout(180)
class DnssecTest {
    private static final int SURVEY = 11;
    private static final World WORLD = Worlds.of(1, 20_000, 12, 0.1);

    @TempDir
    static Path folder;

    private static Loops loops;
    private static DnsServer server;

    /** What a validator says of an answer. */
    private enum Finding {
        SECURE,
        INSECURE,
        SECURE_NXDOMAIN,
        INSECURE_NXDOMAIN,
        SERVFAIL;

        static Finding of(Message answer) {
            boolean secure = answer.getHeader().getFlag(Flags.AD);
            return switch (answer.getRcode()) {
                case Rcode.NOERROR -> secure ? SECURE : INSECURE;
                case Rcode.NXDOMAIN -> secure ? SECURE_NXDOMAIN : INSECURE_NXDOMAIN;
                default -> SERVFAIL;
            };
        }
    }

    @FunctionalInterface
    private interface Validator {
        Message ask(String name, int type) throws IOException;
    }

    @BeforeAll
    static void start() throws IOException {
        loops = new Loops(1);
        server = DnsServer.start(WORLD, () -> SURVEY, new Credentials(1), loops, 0);
        TrustAnchor.write(1, folder.resolve("anchor.zone"));
    }

    @AfterAll
    static void stop() {
        server.close();
        loops.close();
    }

    @Test
    void unboundFindsEveryAnswerAsSecureAsItIsPlanned() throws Exception {
        try (ValidatingUnbound unbound =
                ValidatingUnbound.start(folder, server.address(), folder.resolve("anchor.zone"))) {
            Map<Signing, Integer> seen = new EnumMap<>(Signing.class);
            List<String> differences = new ArrayList<>();
            for (int index : sample(900)) {
                seen.merge(WORLD.plan(index, SURVEY).signing(), 1, Integer::sum);
                compareAll(unbound::ask, index, differences);
            }
            assertThat(differences).isEmpty();
            assertThat(seen).containsOnlyKeys(Signing.values());
        }
    }

    @Test
    void theValidatorOfDnsjavaAgrees() throws IOException {
        ValidatingResolver validator = validator();
        List<String> differences = new ArrayList<>();
        for (int index : sample(150)) {
            compareAll((name, type) -> validator.send(query(name, type)), index, differences);
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void signaturesAreSentOnlyToWhoAsksForThem() throws IOException {
        String name = WORLD.domain(signed()).name();
        assertThat(datagram(query(name, Type.MX)).getSection(Section.ANSWER)).noneMatch(RRSIGRecord.class::isInstance);
        Message whole = datagram(withSignatures(query(name, Type.MX), 1_232));
        assertThat(whole.getSection(Section.ANSWER)).hasAtLeastOneElementOfType(RRSIGRecord.class);
        assertThat(whole.getOPT().getFlags() & ExtendedFlags.DO).isNotZero();
    }

    @Test
    void aDenialReachesFromRightBeforeTheNameToRightBehindIt() throws IOException {
        Message denial = datagram(withSignatures(query("nobody.xn", Type.MX), 1_232));
        assertThat(denial.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(denial.getSection(Section.AUTHORITY))
                .filteredOn(NSECRecord.class::isInstance)
                .extracting(record -> record.getName() + " " + ((NSECRecord) record).getNext())
                .containsExactly("nobodx\\255.xn. nobody\\000.xn.", "\\)\\255.xn. *\\000.xn.");
    }

    @Test
    void anUnsignedDelegationIsProvedByTheParent() throws IOException {
        String name = "quorrelmail.example";
        Message denial = datagram(withSignatures(query(name, Type.DS), 1_232));
        NSECRecord proof = denial.getSection(Section.AUTHORITY).stream()
                .filter(NSECRecord.class::isInstance)
                .map(NSECRecord.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(proof.getName().toString(true)).isEqualTo(name);
        assertThat(proof.getTypes()).containsExactly(Type.NS, Type.RRSIG, Type.NSEC);
    }

    @Test
    void whatIsTooLongWithItsSignaturesComesWholeOverTcp() throws IOException {
        Message query = withSignatures(query("a".repeat(63) + ".xn", Type.MX), 512);
        Message truncated = datagram(query);
        assertThat(truncated.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(truncated.toWire().length).isLessThanOrEqualTo(512);
        SimpleResolver overTcp = new SimpleResolver(server.address());
        overTcp.setTCP(true);
        assertThat(overTcp.send(query).getSection(Section.AUTHORITY))
                .as("SOA, two NSEC, and their signatures")
                .hasSize(6);
    }

    @Test
    void namesThatLeaveNoRoomForANeighbourAreRefused() throws IOException {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(57), "xn");
        assertThat(datagram(withSignatures(query(longest, Type.A), 1_232)).getRcode())
                .isEqualTo(Rcode.REFUSED);
        assertThat(datagram(withSignatures(query(label + ".xn", Type.A), 1_232)).getRcode())
                .isEqualTo(Rcode.NXDOMAIN);
    }

    /** Whatever the name, no question makes the server fail, and what it says can be read. */
    @Test
    void anyNameAtAllIsAnswered() throws IOException {
        ZoneKeys keys = new ZoneKeys(1);
        Zones zones = new Zones(WORLD, keys, new Credentials(1));
        Responder responder = new Responder(zones, new ZoneSigner(keys, Clock.systemUTC()), () -> SURVEY);
        byte[] parent =
                Name.fromConstantString(WORLD.domain(signed()).name() + ".").toWire();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 5_000; i++) {
            byte[] question = question(random, i % 3 == 0 ? new byte[] {2, 'x', 'n', 0} : parent);
            int type = i % 2 == 0 ? random.nextInt(1, 260) : Type.DS;
            Message query = Message.newQuery(Record.newRecord(new Name(question), type, DClass.IN));
            Responder.Reply reply = responder.reply(withSignatures(query, 1_232).toWire(), Responder.Transport.TCP);
            assertThat(new Message(reply.bytes()).getRcode()).isIn(Rcode.NOERROR, Rcode.NXDOMAIN, Rcode.REFUSED);
        }
    }

    /** Labels of any length and, now and then, of any bytes below a parent. */
    private static byte[] question(SplittableRandom random, byte[] parent) {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        int labels = random.nextInt(1, 5);
        for (int label = 0; label < labels; label++) {
            int room = 255 - parent.length - name.size() - 1;
            byte[] bytes = new byte[random.nextInt(1, Math.max(2, Math.min(64, room)))];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (label % 2 == 0 ? random.nextInt('a', 'z' + 1) : random.nextInt(256));
            }
            if (bytes.length <= room) {
                name.write(bytes.length);
                name.writeBytes(bytes);
            }
        }
        name.writeBytes(parent);
        return name.toByteArray();
    }

    private static int signed() {
        return Worlds.find(
                WORLD,
                index -> WORLD.plan(index, SURVEY).signing() == Signing.SIGNED
                        && WORLD.plan(index, SURVEY).manner() == Manner.PROMPT
                        && WORLD.plan(index, SURVEY).routing() == Routing.MX);
    }

    private static Message withSignatures(Message query, int size) {
        query.addRecord(new OPTRecord(size, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
        return query;
    }

    private static Message datagram(Message query) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] bytes = query.toWire();
            socket.setSoTimeout(5_000);
            socket.send(new DatagramPacket(bytes, bytes.length, server.address()));
            DatagramPacket answer = new DatagramPacket(new byte[4_096], 4_096);
            socket.receive(answer);
            return new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
        }
    }

    /** Every ordinary domain here and there, and all that are bogus. */
    private static int[] sample(int ordinary) {
        int step = 20_000 / ordinary;
        return IntStream.range(0, 20_000)
                .filter(index ->
                        index % step == 0 || isBogus(WORLD.plan(index, SURVEY).signing()))
                .filter(index -> isHelpful(WORLD.plan(index, SURVEY).manner()))
                .toArray();
    }

    private static boolean isHelpful(Manner manner) {
        return manner == Manner.PROMPT || manner == Manner.TRUNCATED;
    }

    private static void compareAll(Validator validator, int index, List<String> differences) throws IOException {
        MailPlan plan = WORLD.plan(index, SURVEY);
        String domain = WORLD.domain(index).name();
        boolean exists = plan.routing() != Routing.NXDOMAIN;
        Finding atDomain = exists ? expected(plan.signing(), true) : Finding.SECURE_NXDOMAIN;
        for (int type : new int[] {Type.MX, Type.A, Type.TXT, Type.CAA}) {
            compare(validator, domain, type, atDomain, differences);
        }
        boolean mtaSts = plan.mtaSts() != MtaStsPlan.NONE;
        Finding record = exists ? expected(plan.signing(), mtaSts) : Finding.SECURE_NXDOMAIN;
        compare(
                validator,
                "_mta-sts." + domain,
                Type.TXT,
                plan.mtaSts() == MtaStsPlan.RECORD_FAILS ? Finding.SERVFAIL : record,
                differences);
        boolean tlsRpt = plan.tlsRpt() != TlsRptPlan.NONE;
        compare(
                validator,
                "_smtp._tls." + domain,
                Type.TXT,
                plan.tlsRpt() == TlsRptPlan.FAILS
                        ? Finding.SERVFAIL
                        : exists ? expected(plan.signing(), tlsRpt) : Finding.SECURE_NXDOMAIN,
                differences);
        Finding nowhere = exists ? expected(plan.signing(), false) : Finding.SECURE_NXDOMAIN;
        compare(validator, "no.such.name." + domain, Type.A, nowhere, differences);
        for (Mx mx : plan.mx()) {
            if (mx.host().contains(".")) {
                compareHost(validator, WORLD.host(mx.host(), SURVEY).orElseThrow(), plan, differences);
            }
        }
    }

    private static void compareHost(Validator validator, HostPlan host, MailPlan plan, List<String> differences)
            throws IOException {
        if (isBogus(plan.signing())) {
            return; // whether the host lies in the bogus zone, too, matters to nobody
        }
        Signing signing = host.signed() ? Signing.SIGNED : Signing.UNSIGNED;
        Finding addresses = switch (host.addressing()) {
            case FOUND -> expected(signing, true);
            case NO_ADDRESS -> expected(plan.signing(), true); // these lie in the domain itself
            case NXDOMAIN -> expected(plan.signing(), false);
            case SERVFAIL, LOCALHOST -> Finding.SERVFAIL;
        };
        compare(validator, host.name(), Type.A, addresses, differences);
        compare(validator, host.name(), Type.AAAA, addresses, differences);
        if (host.addressing() == Addressing.FOUND) {
            boolean published = host.tlsa() != TlsaPlan.NONE;
            Finding tlsa = host.tlsa() == TlsaPlan.FAILS ? Finding.SERVFAIL : expected(signing, published);
            compare(validator, "_25._tcp." + host.name(), Type.TLSA, tlsa, differences);
        }
    }

    private static void compare(Validator validator, String name, int type, Finding expected, List<String> differences)
            throws IOException {
        Finding found = Finding.of(validator.ask(name, type));
        if (found != expected && differences.size() < 10) {
            differences.add(name + " " + Type.string(type) + ": expected " + expected + ", found " + found);
        }
    }

    private static Finding expected(Signing signing, boolean exists) {
        return switch (signing) {
            case SIGNED -> exists ? Finding.SECURE : Finding.SECURE_NXDOMAIN;
            case UNSIGNED -> exists ? Finding.INSECURE : Finding.INSECURE_NXDOMAIN;
            case EXPIRED, WRONG -> Finding.SERVFAIL;
        };
    }

    private static boolean isBogus(Signing signing) {
        return signing == Signing.EXPIRED || signing == Signing.WRONG;
    }

    private static ValidatingResolver validator() throws IOException {
        SimpleResolver upstream = new SimpleResolver(server.address());
        upstream.setTimeout(Duration.ofSeconds(5));
        ValidatingResolver validator = new ValidatingResolver(upstream);
        validator.loadTrustAnchors(new ByteArrayInputStream(Files.readAllBytes(folder.resolve("anchor.zone"))));
        return validator;
    }

    private static Message query(String name, int type) {
        return Message.newQuery(Record.newRecord(Name.fromConstantString(name + "."), type, DClass.IN));
    }
}
