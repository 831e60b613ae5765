package org.mailpulse.probe.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.resolve.MailRoute.MxHost;
import org.mailpulse.testbed.LoopbackBlock;
import org.mailpulse.testbed.server.Nsd;
import org.mailpulse.testbed.server.Unbound;

/** Against a real authoritative server, asked directly and through a real recursive one. */
@Timeout(60)
class MailResolverTest {
    private static final String ZONE = """
            $ORIGIN reef.test.
            $TTL 60
            @ SOA ns hostmaster 1 3600 600 86400 60
            @ NS ns
            ns A 127.0.0.1
            plain MX 20 Backup.reef.test.
            plain MX 10 mx.reef.test.
            twice MX 20 mx.reef.test.
            twice MX 10 mx.reef.test.
            mx A 192.0.2.2
            mx A 192.0.2.1
            mx AAAA 2001:db8::1
            backup A 192.0.2.3
            null MX 0 .
            oddnull MX 10 .
            half MX 0 .
            half MX 10 mx.reef.test.
            implicit A 192.0.2.4
            nothing TXT "no mail, no address"
            localhost MX 10 localhost.
            literal MX 10 192.0.2.1.
            odd MX 10 mail\\032host.reef.test.
            gone MX 10 nowhere.reef.test.
            bare MX 10 nothing.reef.test.
            alias CNAME plain
            aliased MX 10 mxalias.reef.test.
            mxalias CNAME mx
            across CNAME plain.shoal.test.
            dangling CNAME nowhere.reef.test.
            loop CNAME loop2
            loop2 CNAME loop
            outside MX 10 mx.broken.test.
            """
            + many("many", 40, "many MX %1$d host%1$d.reef.test.%n")
            + many("crowd", 30, "crowd A 198.51.100.%1$d%n")
            + many("crowd6", 6, "crowd AAAA 2001:db8::%1$d%n");

    private static final String OTHER_ZONE = """
            $ORIGIN shoal.test.
            $TTL 60
            @ SOA ns.reef.test. hostmaster 1 3600 600 86400 60
            @ NS ns.reef.test.
            plain MX 10 mx.reef.test.
            delegated NS ns.elsewhere.invalid.
            """;

    private static Nsd nsd;
    private static Unbound unbound;
    private static Transport transport;

    enum Via {
        AUTHORITATIVE,
        RECURSIVE
    }

    @BeforeAll
    static void start() throws IOException {
        LoopbackBlock block = LoopbackBlock.claim(2);
        nsd = Nsd.start(
                block.at(1),
                List.of(
                        new Nsd.Zone("reef.test", ZONE),
                        new Nsd.Zone("shoal.test", OTHER_ZONE),
                        Nsd.Zone.broken("broken.test")));
        unbound = Unbound.start(block.at(2), nsd.address());
        transport = Transport.open(1);
    }

    @AfterAll
    static void stop() {
        transport.close();
        unbound.close();
        nsd.close();
    }

    @ParameterizedTest
    @EnumSource
    void mxHostsComeByPreferenceInLowerCase(Via via) throws Exception {
        assertThat(route(via, "plain.reef.test"))
                .isEqualTo(new MailRoute(
                        MailDns.MX,
                        null,
                        List.of(new MxHost("mx.reef.test", 10, true), new MxHost("backup.reef.test", 20, true)),
                        DnssecState.NOT_MEASURED));
    }

    @ParameterizedTest
    @EnumSource
    void aHostNamedTwiceCountsOnceAtItsBestPreference(Via via) throws Exception {
        assertThat(route(via, "twice.reef.test").hosts()).containsExactly(new MxHost("mx.reef.test", 10, true));
    }

    @ParameterizedTest
    @CsvSource({
        "null.reef.test, NULL_MX",
        "oddnull.reef.test, NULL_MX",
        "nothing.reef.test, NO_ADDRESS",
        "absent.reef.test, NXDOMAIN",
        "dangling.reef.test, NXDOMAIN"
    })
    void aDomainWithoutMailSaysWhy(String domain, MailDns expected) throws Exception {
        for (Via via : Via.values()) {
            assertThat(route(via, domain))
                    .as("%s", via)
                    .isEqualTo(new MailRoute(expected, null, List.of(), DnssecState.NOT_MEASURED));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNullMxBesideARealOneIsJustAUselessHost(Via via) throws Exception {
        assertThat(route(via, "half.reef.test").hosts())
                .containsExactly(new MxHost(".", 0, true), new MxHost("mx.reef.test", 10, true));
        assertThat(addresses(via, ".").status()).isEqualTo(AddressStatus.NXDOMAIN);
    }

    @ParameterizedTest
    @EnumSource
    void withoutMxTheAddressOfTheDomainItselfCounts(Via via) throws Exception {
        assertThat(route(via, "implicit.reef.test"))
                .isEqualTo(new MailRoute(
                        MailDns.IMPLICIT_MX,
                        null,
                        List.of(new MxHost("implicit.reef.test", 0, true)),
                        DnssecState.NOT_MEASURED));
    }

    @ParameterizedTest
    @EnumSource
    void aliasesAreFollowedAlsoIntoAnotherZone(Via via) throws Exception {
        assertThat(route(via, "alias.reef.test").hosts()).hasSize(2);
        assertThat(route(via, "across.reef.test").hosts()).containsExactly(new MxHost("mx.reef.test", 10, true));
        assertThat(addresses(via, "mxalias.reef.test").asked()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void aLoopOfAliasesIsAnError(Via via) throws Exception {
        assertThat(route(via, "loop.reef.test").dns()).isEqualTo(MailDns.ERROR);
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenZoneIsAnErrorAndNotAnAbsence(Via via) throws Exception {
        assertThat(route(via, "any.broken.test"))
                .isEqualTo(new MailRoute(MailDns.ERROR, "SERVFAIL", List.of(), DnssecState.NOT_MEASURED));
        assertThat(addresses(via, "mx.broken.test").status()).isEqualTo(AddressStatus.ERROR);
    }

    @ParameterizedTest
    @CsvSource({"any.unknown.test, REFUSED", "x.delegated.shoal.test, LAME"})
    void aServerThatIsNotResponsibleDoesNotDeny(String domain, String detail) throws Exception {
        assertThat(route(Via.AUTHORITATIVE, domain))
                .isEqualTo(new MailRoute(MailDns.ERROR, detail, List.of(), DnssecState.NOT_MEASURED));
    }

    @ParameterizedTest
    @EnumSource
    void addressesComeInAFixedOrder(Via via) throws Exception {
        HostAddresses found = addresses(via, "mx.reef.test");
        assertThat(found.status()).isEqualTo(AddressStatus.FOUND);
        assertThat(found.asked().stream().map(InetAddress::getHostAddress))
                .containsExactly("192.0.2.1", "192.0.2.2", "2001:db8:0:0:0:0:0:1");
        assertThat(found.beyond()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, LOCALHOST",
        "mail.localhost, LOCALHOST",
        "192.0.2.1, NXDOMAIN",
        "mail\\032host.reef.test, NXDOMAIN",
        "nowhere.reef.test, NXDOMAIN",
        "nothing.reef.test, NO_ADDRESS"
    })
    void hostsWithoutAnAddressAreToldApart(String host, AddressStatus expected) throws Exception {
        for (Via via : Via.values()) {
            assertThat(addresses(via, host)).as("%s", via).isEqualTo(HostAddresses.none(expected));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost.reef.test, localhost",
        "literal.reef.test, 192.0.2.1",
        "odd.reef.test, mail\\032host.reef.test"
    })
    void oddTargetsStayOnRecord(String domain, String host) throws Exception {
        assertThat(route(Via.AUTHORITATIVE, domain).hosts()).containsExactly(new MxHost(host, 10, true));
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerTooLargeForADatagramIsFetchedOverTcpAndCapped(Via via) throws Exception {
        List<MxHost> hosts = route(via, "many.reef.test").hosts();
        assertThat(hosts).hasSize(40);
        assertThat(hosts.stream().filter(MxHost::asked)).hasSize(MxRecords.MAX_ASKED);
        assertThat(hosts.get(0)).isEqualTo(new MxHost("host1.reef.test", 1, true));
        assertThat(hosts.get(10).asked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void addressesAreCappedPerFamily(Via via) throws Exception {
        HostAddresses found = addresses(via, "crowd.reef.test");
        assertThat(found.asked()).hasSize(2 * AddressRecords.MAX_ASKED);
        assertThat(found.beyond()).hasSize(AddressRecords.MAX_BEYOND + 2);
    }

    private static MailRoute route(Via via, String domain) throws Exception {
        try (NettyResolver dns = resolver(via)) {
            return new MailResolver(new PlainDns(dns)).route(domain).get(10, TimeUnit.SECONDS);
        }
    }

    private static HostAddresses addresses(Via via, String host) throws Exception {
        try (NettyResolver dns = resolver(via)) {
            return new MailResolver(new PlainDns(dns)).addresses(host).get(10, TimeUnit.SECONDS);
        }
    }

    private static NettyResolver resolver(Via via) throws IOException {
        InetSocketAddress server = via == Via.AUTHORITATIVE ? nsd.address() : unbound.address();
        return new NettyResolver(transport, List.of(server), Duration.ofSeconds(2), Duration.ofSeconds(8), 100);
    }

    private static String many(String what, int count, String line) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> line.formatted(i)).collect(Collectors.joining());
    }
}
