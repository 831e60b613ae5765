package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.AnyObservation;
import org.mailpulse.model.Facts;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.Metric;

class VantageJudgeTest {
    @Test
    void aPlaceWithAStrippingPathKnowsNothingAndTheConsensusTrustsTheOther() {
        List<DomainVerdict> verdicts =
                judge(List.of(from("oslo", Outcome.NOT_OFFERED), from("bergen", Outcome.TLS_OK)));

        assertThat(verdicts).extracting(DomainVerdict::vantage).containsExactly("bergen", "oslo", "consensus");
        assertThat(verdicts)
                .extracting(DomainVerdict::level)
                .containsExactly(Level.AUTHENTICABLE, Level.UNKNOWN, Level.AUTHENTICABLE);
        assertThat(verdicts).extracting(DomainVerdict::stripSuspected).containsExactly(false, true, false);
        assertThat(verdicts.get(1).reason()).isEqualTo("OFFERED_ELSEWHERE");
        assertThat(verdicts).extracting(DomainVerdict::vantagesDisagree).containsOnlyNulls();
    }

    @Test
    void placesThatKnowDifferentLevelsDisagree() {
        List<DomainVerdict> verdicts = judge(List.of(from("oslo", Outcome.TLS_FAILED), from("bergen", Outcome.TLS_OK)));

        assertThat(verdicts).extracting(DomainVerdict::vantagesDisagree).containsOnly(true);
        assertThat(Counts.of(verdicts.get(0)).get(Metric.VANTAGES_DISAGREE)).isEqualTo(1);
        assertThat(Counts.of(verdicts.get(0)).get(Metric.VANTAGES_COMPARED)).isEqualTo(1);
    }

    @Test
    void placesThatKnowTheSameAgreeWhoeverKnowsNothing() {
        List<DomainVerdict> verdicts = judge(List.of(
                from("oslo", Outcome.NOT_OFFERED),
                from("bergen", Outcome.NOT_OFFERED),
                from("tromso", Outcome.SKIPPED)));

        assertThat(verdicts).extracting(DomainVerdict::vantagesDisagree).containsOnly(false);
        assertThat(Counts.of(verdicts.get(0)).get(Metric.VANTAGES_DISAGREE)).isZero();
    }

    @Test
    void aPlaceInQuarantineSpeaksNeitherWay() {
        List<DomainVerdict> verdicts =
                judge(List.of(from("oslo", Outcome.NOT_OFFERED), from("bergen", Outcome.SKIPPED)));

        assertThat(verdicts)
                .extracting(DomainVerdict::level)
                .containsExactly(Level.UNKNOWN, Level.PLAINTEXT, Level.PLAINTEXT);
        assertThat(verdicts).extracting(DomainVerdict::stripSuspected).containsOnly(false);
    }

    @Test
    void whoTakesNoMailHasNoLevelToDisagreeAbout() {
        Observation elsewhere = Facts.from("bergen", Facts.PROBED_AT, Facts.observation(MailDns.NXDOMAIN, null));

        List<DomainVerdict> verdicts = judge(List.of(from("oslo", Outcome.TLS_OK), elsewhere));

        assertThat(verdicts).extracting(DomainVerdict::vantagesDisagree).containsOnlyNulls();
        assertThat(verdicts.get(2).status()).isEqualTo(DomainStatus.OK);
    }

    @Test
    void oneWhoLooksAloneDecides() {
        List<DomainVerdict> verdicts = judge(List.of(from("oslo", Outcome.NOT_OFFERED)));

        assertThat(verdicts).extracting(DomainVerdict::level).containsExactly(Level.PLAINTEXT, Level.PLAINTEXT);
        assertThat(verdicts).extracting(DomainVerdict::vantagesDisagree).containsOnlyNulls();
        assertThat(judge(List.of())).isEmpty();
    }

    @Property
    void theOrderOfArrivalDoesNotMatter(@ForAll("places") List<Observation> seen, @ForAll long seed) {
        List<Observation> shuffled = new ArrayList<>(seen);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(judge(shuffled)).isEqualTo(judge(seen));
    }

    /** Suspicion takes a "no" away, and gives nothing. */
    @Property
    void suspicionOnlyMakesUnknownWhatWasNo(@ForAll("places") List<Observation> seen) {
        List<DomainVerdict> verdicts = judge(seen);

        assertThat(verdicts).hasSize(seen.size() + 1);
        for (int i = 0; i < seen.size(); i++) {
            DomainVerdict alone = DomainJudge.judge(seen.get(i));
            DomainVerdict together = verdicts.get(i);
            assertThat(together.vantage()).isEqualTo(alone.vantage());
            assertThat(together.mxNo()).isLessThanOrEqualTo(alone.mxNo());
            assertThat(together.mxYes()).isGreaterThanOrEqualTo(alone.mxYes());
            assertThat(together.mxUnknown()).isGreaterThanOrEqualTo(alone.mxUnknown());
            if (!together.stripSuspected()) {
                assertThat(together.withVantagesDisagree(null)).isEqualTo(alone);
            }
        }
    }

    @Property
    void theConsensusIsTheSameWhetherSuspicionsAreMarkedOrNot(@ForAll("places") List<Observation> seen) {
        List<DomainVerdict> verdicts = judge(seen);

        assertThat(verdicts.get(verdicts.size() - 1).withVantagesDisagree(null))
                .isEqualTo(DomainJudge.judge(Consensus.merge(seen)));
    }

    @Provide
    Arbitrary<List<Observation>> places() {
        return AnyObservation.fromSeveralPlaces();
    }

    private static Observation from(String vantage, Outcome outcome) {
        return Facts.from(vantage, Facts.PROBED_AT, Facts.observation(Facts.host(outcome)));
    }

    private static List<DomainVerdict> judge(Collection<Observation> seen) {
        return VantageJudge.judge(VantageJudge.believe(seen), Method.PRESENT);
    }
}
