package org.mailpulse.stream.vantage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.Level;
import org.mailpulse.model.verdict.Method;
import org.mailpulse.model.verdict.VantageJudge;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.stream.Fixtures;
import org.mailpulse.stream.intake.Aside;
import org.mailpulse.stream.intake.JudgedDomain;
import org.mailpulse.stream.intake.Rank;
import org.mailpulse.stream.intake.Sighting;

class CompareObservationsTest {
    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final List<String> PLACES = List.of("bergen", "oslo", "tromso");

    @Test
    void whoComesFirstHasAVerdictAndMakesTheConsensusAlone() throws Exception {
        try (Harness harness = new Harness()) {
            harness.see(observation("oslo", NOON, Outcome.NOT_OFFERED));

            assertThat(harness.verdicts()).extracting(DomainVerdict::vantage).containsExactly("oslo", "consensus");
            assertThat(harness.verdicts()).extracting(DomainVerdict::level).containsOnly(Level.PLAINTEXT);
        }
    }

    @Test
    void anOlderObservationFromElsewhereCorrectsTheFirst() throws Exception {
        try (Harness harness = new Harness()) {
            harness.see(observation("oslo", NOON, Outcome.NOT_OFFERED));
            harness.see(observation("bergen", NOON.minusSeconds(60), Outcome.TLS_FAILED));

            assertThat(harness.holding().get("oslo").level()).isEqualTo(Level.UNKNOWN);
            assertThat(harness.holding().get("oslo").stripSuspected()).isTrue();
            assertThat(harness.holding().get("oslo").observedAt()).isEqualTo(NOON);
            assertThat(harness.holding().get("bergen").level()).isEqualTo(Level.PLAINTEXT);
            assertThat(harness.holding().get("consensus").observedAt()).isEqualTo(NOON);
        }
    }

    @Test
    void aSuspicionIsTakenBackWhenTheOtherIsNotOfferedItAnyMore() throws Exception {
        try (Harness harness = new Harness()) {
            harness.see(observation("oslo", NOON, Outcome.NOT_OFFERED));
            harness.see(observation("bergen", NOON, Outcome.TLS_FAILED));
            harness.see(observation("bergen", NOON.plusSeconds(1), Outcome.NOT_OFFERED));

            assertThat(harness.holding().values())
                    .extracting(DomainVerdict::level)
                    .containsOnly(Level.PLAINTEXT);
            assertThat(harness.holding().get("oslo").vantagesDisagree()).isFalse();
        }
    }

    @Test
    void verdictsThatStayAsTheyAreAreNotToldAgain() throws Exception {
        try (Harness harness = new Harness()) {
            harness.see(observation("oslo", NOON, Outcome.UNREACHABLE));
            int before = harness.extractOutputValues().size();
            harness.see(observation("bergen", NOON, Outcome.TLS_FAILED));
            harness.see(observation("bergen", NOON, Outcome.TLS_FAILED));

            assertThat(harness.verdicts().subList(before, harness.verdicts().size()))
                    .extracting(DomainVerdict::vantage)
                    .containsExactly("bergen", "consensus");
        }
    }

    /** Random observations, several per place, in any order and with repetitions, against the judgement of the newest. */
    @Property(tries = 60)
    void whatHoldsInTheEndIsTheJudgementOfTheNewest(@ForAll @IntRange(min = 1, max = 12) int count, @ForAll long seed)
            throws Exception {
        Random random = new Random(seed);
        List<Observation> seen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Outcome outcome = Outcome.values()[random.nextInt(Outcome.values().length)];
            seen.add(observation(
                    PLACES.get(random.nextInt(PLACES.size())), NOON.plusSeconds(random.nextInt(4)), outcome));
        }
        List<Observation> arriving = new ArrayList<>(seen);
        arriving.addAll(seen.subList(0, count / 2));
        Collections.shuffle(arriving, random);

        try (Harness harness = new Harness()) {
            for (Observation one : arriving) {
                harness.see(one);
            }

            assertThat(harness.holding().values())
                    .containsExactlyInAnyOrderElementsOf(
                            VantageJudge.judge(VantageJudge.believe(newest(seen)), Method.PRESENT));
            assertThat(harness.aside()).isEmpty();
        }
    }

    @Test
    void whatIsNewerThanAClosedSurveyIsSetAsideOnceAndReplaysAreNot() throws Exception {
        try (Harness harness = new Harness()) {
            harness.see(observation("oslo", NOON, Outcome.NOT_OFFERED));
            harness.see(observation("bergen", NOON, Outcome.NOT_OFFERED));
            int before = harness.extractOutputValues().size();
            harness.seeLate(observation("oslo", NOON, Outcome.NOT_OFFERED));
            harness.seeLate(observation("oslo", NOON.plusSeconds(1), Outcome.TLS_FAILED));

            assertThat(harness.extractOutputValues()).hasSize(before);
            assertThat(harness.aside()).singleElement().satisfies(aside -> {
                assertThat(aside.cause()).isEqualTo(Aside.Cause.LATE);
                assertThat(aside.domain()).isEqualTo("a.no");
                assertThat(aside.detail()).isEqualTo("from oslo");
                assertThat(aside.place()).isEqualTo("t-0@9");
            });
        }
    }

    @Test
    void aDomainIsForgottenWhenALaterSurveyCloses() throws Exception {
        try (Harness harness = new Harness()) {
            harness.see(observation("oslo", NOON, Outcome.NOT_OFFERED));
            harness.close("2026-11");
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
            harness.close("2026-12");

            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void aRestoredJobStillKnowsWhatOthersSaw() throws Exception {
        OperatorSubtaskState checkpoint;
        try (Harness harness = new Harness()) {
            harness.see(observation("oslo", NOON, Outcome.NOT_OFFERED));
            checkpoint = harness.snapshot(1, 0);
        }
        try (Harness harness = new Harness(checkpoint)) {
            harness.see(observation("bergen", NOON, Outcome.TLS_FAILED));

            assertThat(harness.holding().get("oslo").level()).isEqualTo(Level.UNKNOWN);
        }
    }

    @Test
    void whatCannotBeJudgedIsSetAsideAndForgotten() throws Exception {
        Observation beyond = observation("oslo", Instant.MAX, Outcome.NOT_OFFERED);
        try (Harness harness = new Harness()) {
            harness.see(observation("bergen", NOON, Outcome.NOT_OFFERED));
            harness.see(beyond);
            harness.see(observation("oslo", NOON, Outcome.TLS_FAILED));

            assertThat(harness.aside()).extracting(Aside::cause).containsExactly(Aside.Cause.BAD_OBSERVATION);
            assertThat(harness.holding().get("bergen").stripSuspected()).isTrue();
        }
    }

    private static List<Observation> newest(List<Observation> seen) {
        Map<String, Observation> newest = new HashMap<>();
        for (Observation one : seen) {
            newest.merge(one.vantage(), one, (a, b) -> rank(b).isAfter(rank(a)) ? b : a);
        }
        return List.copyOf(newest.values());
    }

    private static Rank rank(Observation seen) {
        return Rank.of(seen.observedAt(), Wire.write(seen));
    }

    private static Observation observation(String vantage, Instant at, Outcome outcome) {
        EndpointObservation endpoint =
                new EndpointObservation("192.0.2.1", outcome, Reason.NONE, NOON, null, null, null, null, null);
        Target target = Target.of("2026-11", 0, "a.no", List.of("p")).askedFrom(PLACES, PLACES);
        return Observation.of(
                target,
                vantage,
                at,
                MailDns.MX,
                null,
                null,
                List.of(new MxHostObservation("mx.a.no", 10, AddressStatus.FOUND, null, List.of(endpoint))),
                null,
                null);
    }

    private static final class Harness implements AutoCloseable {
        private final KeyedOneInputStreamOperatorTestHarness<DomainInSurvey, Sighting, JudgedDomain> operator;

        Harness() throws Exception {
            this(null);
        }

        Harness(OperatorSubtaskState checkpoint) throws Exception {
            operator = new KeyedOneInputStreamOperatorTestHarness<>(
                    new KeyedProcessOperator<>(new CompareObservations(Method.PRESENT)),
                    seen -> new DomainInSurvey(seen.survey(), seen.domain()),
                    TypeInformation.of(DomainInSurvey.class));
            if (checkpoint != null) {
                operator.initializeState(checkpoint);
            }
            operator.open();
        }

        void see(Observation seen) throws Exception {
            operator.processElement(Fixtures.sighting(seen), 0);
        }

        void seeLate(Observation seen) throws Exception {
            operator.processElement(Fixtures.sighting(seen, true), 0);
        }

        void close(String survey) throws Exception {
            operator.processWatermark(SurveyName.eventTime(survey).toEpochMilli());
        }

        OperatorSubtaskState snapshot(long id, long time) throws Exception {
            return operator.snapshot(id, time);
        }

        int numKeyedStateEntries() {
            return operator.numKeyedStateEntries();
        }

        int numEventTimeTimers() {
            return operator.numEventTimeTimers();
        }

        List<JudgedDomain> extractOutputValues() {
            return operator.extractOutputValues();
        }

        List<DomainVerdict> verdicts() {
            return extractOutputValues().stream().map(JudgedDomain::verdict).toList();
        }

        /** By vantage point what holds by rank, as the next operator sees it. */
        Map<String, DomainVerdict> holding() {
            Map<String, JudgedDomain> highest = new HashMap<>();
            for (JudgedDomain judged : extractOutputValues()) {
                highest.merge(
                        judged.verdict().vantage(), judged, (a, b) -> b.rank().isAfter(a.rank()) ? b : a);
            }
            Map<String, DomainVerdict> verdicts = new HashMap<>();
            highest.forEach((vantage, judged) -> verdicts.put(vantage, judged.verdict()));
            return verdicts;
        }

        List<Aside> aside() {
            var records = operator.getSideOutput(Aside.TAG);
            return records == null
                    ? List.of()
                    : records.stream().map(record -> record.getValue()).toList();
        }

        @Override
        public void close() throws Exception {
            operator.close();
        }
    }
}
