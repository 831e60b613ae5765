package org.mailpulse.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.net.InternetDomainName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.simulator.world.MailPlan.Mx;
import org.mailpulse.simulator.world.MailPlan.Routing;

class WorldTest {
    private static final int SURVEYS = 12;
    private static final World WORLD = Worlds.of(1, 20_000, SURVEYS, 0.02);

    @Test
    void theSameSeedMakesTheSameWorld() {
        World again = Worlds.of(1, 20_000, SURVEYS, 0.02);
        for (int index = 0; index < 2_000; index++) {
            assertThat(again.domain(index)).isEqualTo(WORLD.domain(index));
            assertThat(again.plan(index, index % SURVEYS)).isEqualTo(WORLD.plan(index, index % SURVEYS));
        }
    }

    @Test
    void anotherSeedMakesAnotherWorld() {
        World other = Worlds.of(2, 20_000, SURVEYS, 0.02);
        long alike = IntStream.range(0, 1_000)
                .filter(index -> other.domain(index).equals(WORLD.domain(index)))
                .count();
        assertThat(alike).as("the ministries, of which there are sixty").isLessThan(70);
    }

    @Test
    void aDomainDoesNotDependOnHowManyThereAre() {
        World larger = Worlds.of(1, 1_000_000, SURVEYS, 0.02);
        for (int index = 0; index < 1_000; index++) {
            assertThat(larger.domain(index)).isEqualTo(WORLD.domain(index));
            assertThat(larger.plan(index, 3)).isEqualTo(WORLD.plan(index, 3));
        }
    }

    @Test
    void everyNameIsUniqueAndLeadsBackToItsIndex() {
        Set<String> names = new HashSet<>();
        for (int index = 0; index < 20_000; index++) {
            String name = WORLD.domain(index).name();
            assertThat(names.add(name)).as(name).isTrue();
            assertThat(WORLD.indexOf(name)).as(name).isEqualTo(index);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xn", "a.xn", "-1.xn", "word-.xn", "word-zzzzzzz.xn", "a.b.c-1.xn", "amberfield-1.xn."})
    void aNameThatTheWorldDidNotMakeHasNoIndex(String name) {
        assertThat(WORLD.indexOf(name)).isEqualTo(-1);
    }

    @Test
    void anIndexWithOtherWordsIsAnotherName() {
        String name = WORLD.domain(77).name();
        assertThat(WORLD.indexOf("x" + name)).isEqualTo(-1);
        assertThat(WORLD.indexOf(name.replace("-", "-0"))).isEqualTo(-1);
    }

    @Test
    void everyMxHostIsKnownAndItsServersExist() {
        for (int index = 0; index < 3_000; index++) {
            for (int survey = 0; survey < SURVEYS; survey += 4) {
                for (Mx mx : WORLD.plan(index, survey).mx()) {
                    HostPlan host = WORLD.host(mx.host(), survey).orElseThrow();
                    assertThat(host.name()).isEqualTo(mx.host());
                    assertThat(host.slots())
                            .doesNotHaveDuplicates()
                            .allMatch(slot -> slot < WORLD.servers().count());
                }
            }
        }
    }

    @Test
    void addressesLeadBackToTheirSlots() {
        for (int slot = 0; slot < WORLD.servers().count(); slot++) {
            byte[] address = Servers.address(slot);
            assertThat(address[0]).isEqualTo((byte) 127);
            assertThat(WORLD.servers().slotOf(address)).isEqualTo(slot);
        }
        assertThat(WORLD.servers().slotOf(new byte[] {127, 0, 0, 1})).isEqualTo(-1);
        assertThat(WORLD.servers().slotOf(new byte[] {127, 64, 0, 0})).isEqualTo(-1);
        assertThat(WORLD.servers().slotOf(new byte[16])).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(Tld.class)
    void noTopLevelDomainIsReal(Tld tld) {
        assertThat(InternetDomainName.from("any." + tld.label()).hasPublicSuffix())
                .isFalse();
    }

    @Test
    void topLevelDomainsHaveTheirShares() {
        Map<Tld, Integer> sizes = new HashMap<>();
        IntStream.range(0, 20_000)
                .mapToObj(WORLD::domain)
                .filter(domain -> !domain.isGovernment())
                .forEach(domain -> sizes.merge(domain.tld(), 1, Integer::sum));
        double all = sizes.values().stream().mapToInt(Integer::intValue).sum();
        for (Tld tld : Tld.values()) {
            assertThat(sizes.get(tld) / all).as(tld.label()).isCloseTo(tld.weight(), within(0.02));
        }
    }

    @Test
    void providersRangeFromGiantsToALongTail() {
        Map<String, Integer> sizes = new HashMap<>();
        IntStream.range(0, 20_000).forEach(index -> sizes.merge(WORLD.hoster(index, 0), 1, Integer::sum));
        assertThat(sizes.get(MailProvider.VASTIBULE.domain())).isGreaterThan(3_000);
        assertThat(sizes.get(MailProvider.QUORREL.domain())).isGreaterThan(3_000);
        assertThat(sizes.get(MailProvider.TAMBER.domain())).isBetween(1_000, 2_000);
        assertThat(sizes.get("")).as("self-hosted").isBetween(2_500, 5_500);
        assertThat(sizes.keySet().stream().filter(name -> name.endsWith(".test")))
                .as("small hosters")
                .hasSizeGreaterThan(300);
    }

    @Test
    void governmentsAreNamedAndHaveListsOfTheirOwn() {
        List<Domain> government = IntStream.range(0, 2_000)
                .mapToObj(WORLD::domain)
                .filter(Domain::isGovernment)
                .toList();
        assertThat(government).hasSizeBetween(150, 180);
        assertThat(government)
                .allMatch(domain ->
                        domain.populations().equals(List.of(domain.tld().label() + "-government")))
                .noneMatch(domain -> domain.organisation().isEmpty())
                .extracting(Domain::category)
                .contains("ministry", "agency", "municipality");
    }

    @Test
    void adoptionGrowsFromSurveyToSurvey() {
        double before = 0;
        for (int survey = 0; survey < SURVEYS; survey++) {
            double now = shareOfPlain(survey);
            if (survey > 0) {
                assertThat(now).isLessThan(before + 0.01);
            }
            before = now;
        }
        assertThat(before).isLessThan(shareOfPlain(0) - 0.05);
    }

    private static double shareOfPlain(int survey) {
        List<ServerKind> kinds = IntStream.range(0, 4_000)
                .mapToObj(index ->
                        WORLD.host("mail." + WORLD.domain(index).name(), survey).orElseThrow())
                .map(host -> WORLD.servers().kind(host.slots().get(0), survey))
                .toList();
        return kinds.stream().filter(kind -> kind == ServerKind.PLAIN).count() / (double) kinds.size();
    }

    @Test
    void theHostileShareIsAsAskedForAndHoldsEveryKind() {
        World hostile = Worlds.of(3, 20_000, 1, 0.3);
        List<ServerKind> kinds = IntStream.range(0, 20_000)
                .mapToObj(index ->
                        hostile.host("mail." + hostile.domain(index).name(), 0).orElseThrow())
                .map(host -> hostile.servers().kind(host.slots().get(0), 0))
                .toList();
        long bad = kinds.stream().filter(ServerKind.HOSTILE::contains).count();
        assertThat(bad / 20_000.0).isCloseTo(0.3, within(0.01));
        assertThat(new HashSet<>(kinds)).containsAll(List.of(ServerKind.values()));
    }

    @Test
    void everyWayOfRoutingIsPlanted() {
        Set<Routing> routings = new HashSet<>();
        IntStream.range(0, 5_000)
                .forEach(index -> routings.add(WORLD.plan(index, 0).routing()));
        assertThat(routings).containsExactlyInAnyOrder(Routing.values());
    }

    @Test
    void domainsEnterAndLeave() {
        int entered = 0;
        int left = 0;
        for (int index = 0; index < 20_000; index++) {
            boolean first = WORLD.isListed(index, 0);
            boolean last = WORLD.isListed(index, SURVEYS - 1);
            entered += !first && last ? 1 : 0;
            left += first && !last ? 1 : 0;
        }
        assertThat(entered).isBetween(700, 1_100);
        assertThat(left).isBetween(500, 900);
    }

    @Test
    void theStoryIsToldInOrderAndWithinTheSurveys() {
        List<Event> events = WORLD.story().events();
        assertThat(events).extracting(Event::kind).containsExactlyInAnyOrder(Event.Kind.values());
        assertThat(events).extracting(Event::survey).isSorted().allMatch(survey -> survey > 0 && survey < SURVEYS);
    }

    @Test
    void aSingleSurveyHasNoStory() {
        assertThat(Worlds.of(1, 10, 1, 0).story().events()).isEmpty();
    }

    @Test
    void theLateHosterSwitchesStartTlsOnInItsMonth() {
        int month = month(Event.Kind.STARTTLS_ON);
        assertThat(kindOf("mx1.tamberhost.example", month - 1)).isEqualTo(ServerKind.PLAIN);
        assertThat(kindOf("mx1.tamberhost.example", month)).isEqualTo(ServerKind.TLS13);
    }

    @Test
    void theGiantsCertificateIsExpiredForOneSurveyOnly() {
        int month = month(Event.Kind.CERTIFICATE_EXPIRED);
        int tenant = Worlds.customer(WORLD, MailProvider.VASTIBULE);
        List<CertificateKind> kinds = Stream.of(month - 1, month, month + 1)
                .map(survey -> WORLD.host(WORLD.plan(tenant, survey).mx().get(0).host(), survey)
                        .orElseThrow()
                        .certificate()
                        .kind())
                .toList();
        assertThat(kinds).containsExactly(CertificateKind.VALID, CertificateKind.EXPIRED, CertificateKind.VALID);
    }

    @Test
    void strippingIsSeenFromOneCountryOnly() {
        int month = month(Event.Kind.STRIPPING);
        assertThat(WORLD.isStripped("qs", month)).isTrue();
        assertThat(WORLD.isStripped("qs", month - 1)).isFalse();
        assertThat(WORLD.isStripped("xn", month)).isFalse();
    }

    @Test
    void settingsOutOfRangeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Worlds.of(1, 0, 1, 0))
                .withMessageContaining("domains");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Worlds.of(1, 1, 0, 0))
                .withMessageContaining("surveys");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Worlds.of(1, 1, 1, 1.5))
                .withMessageContaining("hostile");
        assertThatIllegalArgumentException().isThrownBy(() -> WORLD.domain(20_000));
    }

    private static int month(Event.Kind kind) {
        return WORLD.story().events().stream()
                .filter(event -> event.kind() == kind)
                .findFirst()
                .orElseThrow()
                .survey();
    }

    private static ServerKind kindOf(String host, int survey) {
        return WORLD.servers()
                .kind(WORLD.host(host, survey).orElseThrow().slots().get(0), survey);
    }
}
