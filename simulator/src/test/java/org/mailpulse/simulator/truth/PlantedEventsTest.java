package org.mailpulse.simulator.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.verdict.CertificateClass;
import org.mailpulse.model.verdict.DaneState;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.Level;
import org.mailpulse.simulator.world.Event;
import org.mailpulse.simulator.world.MailPlan.Mx;
import org.mailpulse.simulator.world.MailPlan.Signing;
import org.mailpulse.simulator.world.MailProvider;
import org.mailpulse.simulator.world.Tld;
import org.mailpulse.simulator.world.World;
import org.mailpulse.simulator.world.Worlds;

/** Each planted event, as it shows in the shares that the true verdicts make from survey to survey. */
class PlantedEventsTest {
    private static final int DOMAINS = 6_000;
    private static final int SURVEYS = 12;
    private static final World WORLD = Worlds.of(7, DOMAINS, SURVEYS, 0.02);
    private static final Truth TRUTH = new Truth(WORLD, Measured.ENFORCEMENT);
    private static final Vantage NEUTRAL = Vantage.neutral("here");
    private static final Vantage STRIPPED = new Vantage("there", "probe.qs");

    @Test
    void allCustomersOfTheLateHosterClimbInOneMonth() {
        double[] plaintext = series(customersOf(MailProvider.TAMBER), NEUTRAL, level(Level.PLAINTEXT));
        int month = month(Event.Kind.STARTTLS_ON);
        assertThat(before(plaintext, month)).containsOnly(1);
        assertThat(from(plaintext, month)).containsOnly(0);
    }

    @Test
    void theGiantsCertificateIsExpiredInOneSurveyOnly() {
        Predicate<ExpectedVerdict> expired = verdict -> verdict.certificateClass() == CertificateClass.EXPIRED;
        double[] share = series(customersOf(MailProvider.VASTIBULE), NEUTRAL, expired);
        int month = month(Event.Kind.CERTIFICATE_EXPIRED);
        for (int survey = 0; survey < SURVEYS; survey++) {
            assertThat(share[survey]).as("survey " + survey).isEqualTo(survey == month ? 1 : 0);
        }
    }

    @Test
    void theGiantsTenantsFallToOpportunisticForThatSurveyAndComeBack() {
        double[] share = series(customersOf(MailProvider.VASTIBULE), NEUTRAL, level(Level.OPPORTUNISTIC));
        int month = month(Event.Kind.CERTIFICATE_EXPIRED);
        assertThat(share[month - 1]).isZero();
        assertThat(share[month]).isEqualTo(1);
        assertThat(share[month + 1]).isZero();
    }

    @Test
    void theRegistrysDemandBringsDaneToItsSignedDomains() {
        Predicate<ExpectedVerdict> published =
                verdict -> verdict.dane() == DaneState.VALID || verdict.dane() == DaneState.BROKEN;
        double[] share = series(PlantedEventsTest::isSignedNationalMail, NEUTRAL, published);
        int month = month(Event.Kind.DANE_ENFORCED);
        assertThat(share[month - 1]).isLessThan(0.2);
        assertThat(share[month]).isGreaterThan(0.7);
    }

    @Test
    void theRegistrysDemandLiftsItsDomainsToEnforced() {
        double[] share = series(PlantedEventsTest::isSignedNationalMail, NEUTRAL, level(Level.ENFORCED));
        int month = month(Event.Kind.DANE_ENFORCED);
        assertThat(share[month] - share[month - 1]).isGreaterThan(0.5);
    }

    @Test
    void strippingMakesTheUnknownShareJumpAtOneVantagePointOnly() {
        int month = month(Event.Kind.STRIPPING);
        double[] there = series(index -> true, STRIPPED, level(Level.UNKNOWN));
        double[] here = series(index -> true, NEUTRAL, level(Level.UNKNOWN));
        assertThat(there[month - 1]).isEqualTo(here[month - 1]).isLessThan(0.1);
        assertThat(there[month]).isGreaterThan(0.5);
        assertThat(here[month]).isLessThan(0.1);
    }

    @Test
    void strippingTurnsNobodyPlaintextOfWhomAllWasProtected() {
        int month = month(Event.Kind.STRIPPING);
        assertThat(IntStream.range(0, DOMAINS)
                        .filter(index -> TRUTH.of(index, month, STRIPPED).level() == Level.PLAINTEXT)
                        .mapToObj(index -> TRUTH.of(index, month, NEUTRAL).level()))
                .isNotEmpty()
                .containsOnly(Level.PLAINTEXT, Level.PARTIAL);
    }

    @Test
    void allCustomersOfTheProviderThatFallsBackFall() {
        double[] plaintext = series(customersOf(MailProvider.ODDLING), NEUTRAL, level(Level.PLAINTEXT));
        int month = month(Event.Kind.FALLBACK);
        assertThat(before(plaintext, month)).containsOnly(0);
        assertThat(from(plaintext, month)).containsOnly(1);
    }

    @Test
    void theGiantTurnsPostQuantumInOneMonth() {
        Predicate<ExpectedVerdict> hybrid = verdict -> verdict.keyExchange() == KeyExchange.HYBRID_PQ;
        double[] share = series(customersOf(MailProvider.QUORREL), NEUTRAL, hybrid);
        int month = month(Event.Kind.POST_QUANTUM);
        assertThat(before(share, month)).containsOnly(0);
        assertThat(from(share, month)).containsOnly(1);
    }

    @Test
    void domainsEnterAndLeaveTheListsAllTheTime() {
        for (int survey = 1; survey < SURVEYS; survey++) {
            int now = survey;
            assertThat(count(index -> WORLD.isListed(index, now) && !WORLD.isListed(index, now - 1)))
                    .as("entries in survey " + survey)
                    .isBetween(5L, DOMAINS / 20L);
            assertThat(count(index -> !WORLD.isListed(index, now) && WORLD.isListed(index, now - 1)))
                    .as("exits in survey " + survey)
                    .isBetween(survey == 1 ? 0L : 5L, DOMAINS / 20L);
        }
    }

    private static long count(IntPredicate property) {
        return IntStream.range(0, DOMAINS).filter(property).count();
    }

    /** Share of the verdicts with status OK of which something holds, by survey. */
    private static double[] series(IntPredicate domains, Vantage vantage, Predicate<ExpectedVerdict> property) {
        int[] chosen = IntStream.range(0, DOMAINS).filter(domains).toArray();
        assertThat(chosen).as("domains to look at").hasSizeGreaterThan(30);
        double[] shares = new double[SURVEYS];
        for (int survey = 0; survey < SURVEYS; survey++) {
            int now = survey;
            ExpectedVerdict[] verdicts = Arrays.stream(chosen)
                    .filter(index -> WORLD.isListed(index, now))
                    .mapToObj(index -> TRUTH.of(index, now, vantage))
                    .filter(verdict -> verdict.status() == DomainStatus.OK)
                    .toArray(ExpectedVerdict[]::new);
            shares[survey] = Arrays.stream(verdicts).filter(property).count() / (double) verdicts.length;
        }
        return shares;
    }

    /** Without those whose DANE or MTA-STS lifts them above what is looked at. */
    private static IntPredicate customersOf(MailProvider provider) {
        return index -> IntStream.range(0, SURVEYS)
                .allMatch(survey -> WORLD.hoster(index, survey).equals(provider.domain())
                        && TRUTH.of(index, survey, NEUTRAL).level() != Level.ENFORCED
                        && usesHostsOf(provider, index, survey));
    }

    private static boolean usesHostsOf(MailProvider provider, int index, int survey) {
        return WORLD.plan(index, survey).mx().stream().allMatch(mx -> mx.host().endsWith(provider.domain()))
                && !WORLD.plan(index, survey).mx().isEmpty();
    }

    private static boolean isSignedNationalMail(int index) {
        return WORLD.domain(index).tld() == Tld.XN
                && WORLD.plan(index, 0).signing() == Signing.SIGNED
                && IntStream.range(0, SURVEYS)
                        .allMatch(survey -> !WORLD.plan(index, survey).mx().isEmpty()
                                && WORLD.plan(index, survey).mx().stream()
                                        .map(Mx::host)
                                        .allMatch(host -> host.endsWith(".xn")));
    }

    private static Predicate<ExpectedVerdict> level(Level level) {
        return verdict -> verdict.level() == level;
    }

    private static double[] before(double[] series, int month) {
        return Arrays.copyOfRange(series, 0, month);
    }

    private static double[] from(double[] series, int month) {
        return Arrays.copyOfRange(series, month, SURVEYS);
    }

    private static int month(Event.Kind kind) {
        return WORLD.story().events().stream()
                .filter(event -> event.kind() == kind)
                .findFirst()
                .orElseThrow()
                .survey();
    }
}
