package org.mailpulse.stream.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.rollup.Comparison;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.stream.Fixtures;
import org.mailpulse.stream.intake.Aside;
import org.mailpulse.stream.intake.Closing;

@SuppressWarnings("try") // closing a harness may be interrupted like anything else
class NewestVerdictTest {
    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    @Test
    void theFirstVerdictReplacesNothing() throws Exception {
        try (Comparing job = Comparing.opened()) {
            job.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);

            assertThat(job.corrections()).singleElement().satisfies(correction -> {
                assertThat(correction.before()).isNull();
                assertThat(correction.digest().status()).isEqualTo(DomainStatus.NXDOMAIN);
            });
        }
    }

    @Test
    void aNewerVerdictReplacesTheOlder() throws Exception {
        try (Comparing job = Comparing.opened()) {
            job.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            job.observe("2026-11", "a.no", NOON.plusNanos(1), MailDns.NULL_MX);

            assertThat(job.corrections()).hasSize(2);
            assertThat(job.corrections().get(1).before().status()).isEqualTo(DomainStatus.NXDOMAIN);
            assertThat(job.corrections().get(1).digest().status()).isEqualTo(DomainStatus.NULL_MX);
        }
    }

    @Test
    void duplicatesAndOlderOnesChangeNothing() throws Exception {
        try (Comparing job = Comparing.opened()) {
            job.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            job.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            job.observe("2026-11", "a.no", NOON.minusSeconds(1), MailDns.NULL_MX);

            assertThat(job.corrections()).hasSize(1);
            assertThat(job.aside()).isEmpty();
        }
    }

    @Test
    void twoOfTheSameMomentComeToTheSameInEitherOrder() throws Exception {
        List<DomainStatus> winners = new ArrayList<>();
        for (List<MailDns> order :
                List.of(List.of(MailDns.NXDOMAIN, MailDns.NULL_MX), List.of(MailDns.NULL_MX, MailDns.NXDOMAIN))) {
            try (Comparing job = Comparing.opened()) {
                for (MailDns dns : order) {
                    job.observe("2026-11", "a.no", NOON, dns);
                }
                List<Correction> all = job.corrections();
                winners.add(all.get(all.size() - 1).digest().status());
            }
        }
        assertThat(winners.get(0)).isEqualTo(winners.get(1));
    }

    @Test
    void surveysAndVantagePointsAreKeptApart() throws Exception {
        try (Comparing job = Comparing.opened()) {
            job.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            job.observe("2026-12", "a.no", NOON.minusSeconds(1), MailDns.NULL_MX);
            job.observe(Observation.notObserved(Target.of("2026-11", 0, "a.no", List.of()), "bergen", NOON));

            assertThat(job.corrections())
                    .hasSize(3)
                    .allSatisfy(correction -> assertThat(correction.before()).isNull());
        }
    }

    @Test
    void whatIsLateAndNewerIsSetAsideAndReplaysAreNot() throws Exception {
        try (Comparing job = Comparing.opened()) {
            job.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            late(job, Comparing.seen("2026-11", "a.no", NOON, MailDns.NXDOMAIN));
            late(job, Comparing.seen("2026-11", "a.no", NOON.plusSeconds(1), MailDns.NULL_MX));
            late(job, Comparing.seen("2026-10", "b.no", NOON, MailDns.NULL_MX));

            assertThat(job.corrections()).hasSize(1);
            assertThat(job.aside())
                    .extracting(Aside::cause, Aside::place, Aside::survey, Aside::domain)
                    .containsExactly(
                            tuple(Aside.Cause.LATE, "t-0@9", "2026-11", "a.no"),
                            tuple(Aside.Cause.LATE, "t-0@9", "2026-10", "b.no"));
        }
    }

    @Test
    void aDomainIsComparedWhenTheSurveyCloses() throws Exception {
        try (Comparing job = Comparing.opened()) {
            job.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            job.close("2026-11");
            assertThat(job.comparisons()).singleElement().satisfies(first -> {
                assertThat(first.previous()).isNull();
                assertThat(first.before()).isNull();
            });

            job.observe("2026-12", "a.no", NOON, MailDns.NULL_MX);
            assertThat(job.comparisons()).hasSize(1);
            job.close("2026-12");

            Comparison second = job.comparisons().get(1);
            assertThat(second.survey()).isEqualTo("2026-12");
            assertThat(second.previous()).isEqualTo("2026-11");
            assertThat(second.before().status()).isEqualTo(DomainStatus.NXDOMAIN);
            assertThat(second.now().status()).isEqualTo(DomainStatus.NULL_MX);
        }
    }

    @Test
    void aDomainThatIsNoLongerATargetIsGoneInTheNextSurveyOnly() throws Exception {
        try (Comparing job = Comparing.opened()) {
            job.observe("2026-11", "a.no", NOON, MailDns.NULL_MX);
            job.close("2026-11");
            job.close("2026-12");
            job.close("2027-01");

            assertThat(job.comparisons()).hasSize(2);
            Comparison gone = job.comparisons().get(1);
            assertThat(gone.survey()).isEqualTo("2026-12");
            assertThat(gone.before()).isNotNull();
            assertThat(gone.now()).isNull();
        }
    }

    /** As after a restore, when the clock records in between are not read again. */
    @Test
    void surveysThatCloseInOneLeapAreComparedOneByOne() throws Exception {
        try (Comparing job = Comparing.opened()) {
            job.observe("2026-10", "a.no", NOON, MailDns.NULL_MX);
            job.observe("2026-12", "a.no", NOON, MailDns.NULL_MX);
            for (String survey : List.of("2026-10", "2026-11", "2026-12")) {
                job.processBroadcastElement(new Closing(survey, List.of()), 0);
            }
            job.watermark(SurveyName.eventTime("2026-12").toEpochMilli());

            assertThat(job.comparisons())
                    .extracting(Comparison::survey, Comparison::previous, c -> c.before() == null, c -> c.now() == null)
                    .containsExactly(
                            tuple("2026-10", null, true, false),
                            tuple("2026-11", "2026-10", false, true),
                            tuple("2026-12", "2026-11", true, false));
        }
    }

    @Test
    void aVantagePointIsComparedWithItsOwnLastSurvey() throws Exception {
        try (Comparing job = Comparing.opened()) {
            job.observe("2026-10", "a.no", NOON, MailDns.NULL_MX);
            job.close("2026-10", List.of("bergen", "oslo"));
            job.close("2026-11", List.of("bergen"));
            job.observe("2026-12", "a.no", NOON, MailDns.NXDOMAIN);
            job.close("2026-12", List.of("oslo"));

            assertThat(job.comparisons())
                    .extracting(Comparison::survey, Comparison::previous)
                    .containsExactly(tuple("2026-10", null), tuple("2026-12", "2026-10"));
        }
    }

    @Test
    void aSurveyThatNoClockRecordNamesIsNotComparedWith() throws Exception {
        try (Comparing job = Comparing.opened()) {
            job.observe("2026-10", "a.no", NOON, MailDns.NULL_MX);
            job.close("2026-10");
            job.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            job.observe("2026-11", "b.no", NOON, MailDns.NXDOMAIN);
            job.observe("2026-12", "a.no", NOON, MailDns.NULL_MX);
            job.close("2026-12");
            job.close("2027-01");

            assertThat(job.comparisons())
                    .extracting(Comparison::domain, Comparison::survey, Comparison::previous)
                    .containsExactly(
                            tuple("a.no", "2026-10", null),
                            tuple("a.no", "2026-12", "2026-10"),
                            tuple("a.no", "2027-01", "2026-12"));
            assertThat(job.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void comparisonsGoOnAfterARestoreWithAnyNumberOfInstances() throws Exception {
        List<OperatorSubtaskState> parts = new ArrayList<>();
        for (int instance = 0; instance < 2; instance++) {
            try (Comparing job = new Comparing(2, instance)) {
                job.open();
                for (int domain = 0; domain < 40; domain++) {
                    if (instanceOf(domain, 2) == instance) {
                        job.observe("2026-11", domain(domain), NOON, MailDns.NULL_MX);
                    }
                }
                job.close("2026-11");
                parts.add(job.snapshot(1, 0));
            }
        }
        OperatorSubtaskState checkpoint =
                AbstractStreamOperatorTestHarness.repackageState(parts.toArray(OperatorSubtaskState[]::new));
        List<Comparison> compared = new ArrayList<>();
        for (int instance = 0; instance < 4; instance++) {
            try (Comparing job = new Comparing(4, instance)) {
                job.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        checkpoint, Comparing.MAX_PARALLELISM, 2, 4, instance));
                job.open();
                for (int domain = 0; domain < 20; domain++) {
                    if (instanceOf(domain, 4) == instance) {
                        job.observe("2026-12", domain(domain), NOON, MailDns.NXDOMAIN);
                    }
                }
                job.close("2026-12");
                compared.addAll(job.comparisons());
            }
        }

        assertThat(compared).hasSize(40).allMatch(one -> "2026-11".equals(one.previous()));
        assertThat(compared).filteredOn(one -> one.now() == null).hasSize(20);
    }

    @Test
    void aDomainIsRememberedUntilTheNextSurveyClosesAndNoLonger() throws Exception {
        try (Comparing job = Comparing.opened()) {
            job.observe("2026-11", "a.no", NOON, MailDns.NXDOMAIN);
            job.close("2026-11");
            assertThat(job.numKeyedStateEntries()).isEqualTo(1);

            job.observe("2026-12", "a.no", NOON, MailDns.NXDOMAIN);
            job.close("2026-12");
            assertThat(job.numEventTimeTimers()).isEqualTo(1);

            job.close("2027-01");
            assertThat(job.numKeyedStateEntries()).isZero();
            assertThat(job.numEventTimeTimers()).isZero();
        }
    }

    private static void late(Comparing job, Observation seen) throws Exception {
        job.processElement(Fixtures.judged(seen, "t-0@9"), 0);
    }

    private static String domain(int number) {
        return "d" + number + ".no";
    }

    private static int instanceOf(int domain, int instances) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                new DomainKey("oslo", domain(domain)), Comparing.MAX_PARALLELISM, instances);
    }
}
