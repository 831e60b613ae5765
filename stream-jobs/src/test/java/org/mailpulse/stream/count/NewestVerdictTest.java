package org.mailpulse.stream.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.stream.Fixtures;
import org.mailpulse.stream.intake.Aside;
import org.mailpulse.stream.intake.JudgedDomain;

@SuppressWarnings("try") // closing a harness may be interrupted like anything else
class NewestVerdictTest {
    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    @Test
    void theFirstVerdictReplacesNothing() throws Exception {
        try (Harness harness = harness(1, 0)) {
            harness.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);

            assertThat(harness.corrections()).singleElement().satisfies(correction -> {
                assertThat(correction.before()).isNull();
                assertThat(correction.now().status()).isEqualTo(DomainStatus.NXDOMAIN);
            });
        }
    }

    @Test
    void aNewerVerdictReplacesTheOlder() throws Exception {
        try (Harness harness = harness(1, 0)) {
            harness.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            harness.observe("2026-11", "a.no", NOON.plusNanos(1), MailDns.NULL_MX);

            assertThat(harness.corrections()).hasSize(2);
            assertThat(harness.corrections().get(1).before().status()).isEqualTo(DomainStatus.NXDOMAIN);
            assertThat(harness.corrections().get(1).now().status()).isEqualTo(DomainStatus.NULL_MX);
        }
    }

    @Test
    void duplicatesAndOlderOnesChangeNothing() throws Exception {
        try (Harness harness = harness(1, 0)) {
            harness.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            harness.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            harness.observe("2026-11", "a.no", NOON.minusSeconds(1), MailDns.NULL_MX);

            assertThat(harness.corrections()).hasSize(1);
            assertThat(harness.aside()).isEmpty();
        }
    }

    @Test
    void twoOfTheSameMomentComeToTheSameInEitherOrder() throws Exception {
        List<DomainStatus> winners = new ArrayList<>();
        for (List<MailDns> order :
                List.of(List.of(MailDns.NXDOMAIN, MailDns.NULL_MX), List.of(MailDns.NULL_MX, MailDns.NXDOMAIN))) {
            try (Harness harness = harness(1, 0)) {
                for (MailDns dns : order) {
                    harness.observe("2026-11", "a.no", NOON, dns);
                }
                List<Correction> all = harness.corrections();
                winners.add(all.get(all.size() - 1).now().status());
            }
        }
        assertThat(winners.get(0)).isEqualTo(winners.get(1));
    }

    @Test
    void surveysAndVantagePointsAreKeptApart() throws Exception {
        try (Harness harness = harness(1, 0)) {
            harness.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            harness.observe("2026-12", "a.no", NOON.minusSeconds(1), MailDns.NULL_MX);
            harness.processElement(
                    Fixtures.judged(Observation.notObserved(target("2026-11", "a.no"), "bergen", NOON)), 0);

            assertThat(harness.corrections())
                    .hasSize(3)
                    .allSatisfy(correction -> assertThat(correction.before()).isNull());
        }
    }

    @Test
    void whatIsNewerThanAClosedSurveyIsSetAsideAndReplaysAreNot() throws Exception {
        try (Harness harness = harness(1, 0)) {
            harness.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            harness.close("2026-11");
            harness.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            harness.observe("2026-11", "a.no", NOON.plusSeconds(1), MailDns.NULL_MX);
            harness.observe("2026-10", "b.no", NOON, MailDns.NULL_MX);
            harness.observe("2026-12", "a.no", NOON, MailDns.NULL_MX);

            assertThat(harness.corrections())
                    .extracting(correction -> correction.now().survey())
                    .containsExactly("2026-11", "2026-12");
            assertThat(harness.aside()).extracting(Aside::cause).containsOnly(Aside.Cause.LATE);
            assertThat(harness.aside())
                    .extracting(Aside::subject)
                    .containsExactly("a.no in 2026-11 from oslo", "b.no in 2026-10 from oslo");
        }
    }

    @Test
    void aRestoreDoesNotReopenAClosedSurvey() throws Exception {
        OperatorSubtaskState checkpoint;
        try (Harness harness = harness(1, 0)) {
            harness.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            harness.close("2026-11");
            checkpoint = harness.snapshot(1, 0);
        }
        try (Harness harness = restored(checkpoint, 1, 0, 1)) {
            harness.observe("2026-11", "a.no", NOON.plusSeconds(1), MailDns.NULL_MX);
            harness.observe("2026-11", "new.no", NOON, MailDns.NULL_MX);

            assertThat(harness.corrections()).isEmpty();
            assertThat(harness.aside()).hasSize(2);
        }
    }

    @Test
    void aClosedSurveyStaysClosedOnEveryInstanceWhenTheirNumberChanges() throws Exception {
        List<OperatorSubtaskState> parts = new ArrayList<>();
        for (int instance = 0; instance < 2; instance++) {
            try (Harness harness = harness(2, instance)) {
                harness.close("2026-11");
                parts.add(harness.snapshot(1, 0));
            }
        }
        OperatorSubtaskState checkpoint =
                AbstractStreamOperatorTestHarness.repackageState(parts.toArray(OperatorSubtaskState[]::new));
        for (int instance = 0; instance < 4; instance++) {
            String domain = domainOf(instance, 4);
            try (Harness harness = restored(checkpoint, 4, instance, 2)) {
                harness.observe("2026-11", domain, NOON, MailDns.NULL_MX);

                assertThat(harness.corrections()).isEmpty();
                assertThat(harness.aside()).hasSize(1);
            }
        }
    }

    @Test
    void aDomainIsRememberedUntilALaterSurveyCloses() throws Exception {
        try (Harness harness = harness(1, 0)) {
            harness.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            harness.close("2026-11");
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);

            harness.observe("2026-12", "a.no", NOON, MailDns.NXDOMAIN);
            harness.close("2026-12");
            assertThat(harness.numEventTimeTimers()).isEqualTo(1);

            harness.close("2027-01");
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void stateCarriesNoTextsThatNothingIsCountedBy() {
        Target target = new Target(1, "2026-11", 0, "a.no", List.of("p"), "Ministry", "state", "no", null, null);
        Counted counted = Counted.of(Fixtures.judged(Observation.notObserved(target, "oslo", NOON)));

        assertThat(counted.verdict().organisation()).isEmpty();
        assertThat(counted.verdict().reason()).isEmpty();
        assertThat(counted.verdict().populations()).containsExactly("p");
    }

    private static Target target(String survey, String domain) {
        return Target.of(survey, 0, domain, List.of("p"));
    }

    /** A domain whose key belongs to the given instance. */
    private static String domainOf(int instance, int instances) {
        for (int i = 0; ; i++) {
            DomainKey key = new DomainKey("oslo", "d" + i + ".no");
            if (org.apache.flink.runtime.state.KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            key, Harness.MAX_PARALLELISM, instances)
                    == instance) {
                return key.domain();
            }
        }
    }

    private static Harness harness(int instances, int instance) throws Exception {
        Harness harness = new Harness(instances, instance);
        harness.open();
        return harness;
    }

    private static Harness restored(OperatorSubtaskState checkpoint, int instances, int instance, int before)
            throws Exception {
        Harness harness = new Harness(instances, instance);
        harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                checkpoint, Harness.MAX_PARALLELISM, before, instances, instance));
        harness.open();
        return harness;
    }

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<DomainKey, JudgedDomain, Correction> {
        private static final int MAX_PARALLELISM = 8;

        Harness(int instances, int instance) throws Exception {
            super(
                    new NewestVerdict(),
                    judged -> new DomainKey(
                            judged.verdict().vantage(), judged.verdict().domain()),
                    TypeInformation.of(DomainKey.class),
                    MAX_PARALLELISM,
                    instances,
                    instance);
        }

        void observe(String survey, String domain, Instant at, MailDns dns) throws Exception {
            Observation seen = Observation.of(target(survey, domain), "oslo", at, dns, null, null, null, null);
            processElement(Fixtures.judged(seen), 0);
        }

        void close(String survey) throws Exception {
            processWatermark(SurveyName.eventTime(survey).toEpochMilli());
        }

        List<Correction> corrections() {
            return extractOutputValues();
        }

        List<Aside> aside() {
            var records = getSideOutput(Aside.TAG);
            return records == null
                    ? List.of()
                    : records.stream().map(record -> record.getValue()).toList();
        }
    }
}
