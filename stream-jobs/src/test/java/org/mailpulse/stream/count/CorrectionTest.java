package org.mailpulse.stream.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.stream.BruteForce;
import org.mailpulse.stream.Fixtures;
import org.mailpulse.stream.intake.JudgedDomain;

@SuppressWarnings("try") // closing a harness may be interrupted like anything else
class CorrectionTest {
    @Test
    void aNewDomainIsAddedToTheCellOfAllAndToThoseOfItsPopulations() {
        DomainVerdict verdict = verdict(2);

        assertThat(new Correction(null, verdict).deltas())
                .extracting(delta -> delta.cell().population())
                .containsExactly("*", "all-no", "government");
    }

    @Test
    void aVerdictThatCountsTheSameMovesNothing() {
        DomainVerdict verdict = verdict(2);

        assertThat(new Correction(verdict, verdict).deltas()).isEmpty();
    }

    /** Whatever the order of arrival, the deltas add up to what the newest observations count, cell by cell. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void deltasAddUpToTheNewestVerdictsInEveryOrder(long seed) throws Exception {
        List<Observation> observations = new ArrayList<>(Fixtures.observations(seed, 300, 40, "2026-11"));
        observations.addAll(observations.subList(0, 100));
        Collections.shuffle(observations, new Random(seed));

        Map<RollupKey, Counts> sums = new HashMap<>();
        for (Correction correction : corrections(observations)) {
            for (RollupDelta delta : correction.deltas()) {
                sums.merge(delta.cell(), delta.counts(), Counts::plus);
            }
        }

        assertThat(BruteForce.byCell(sums)).isEqualTo(BruteForce.rollups(BruteForce.verdicts(observations)));
    }

    private static List<Correction> corrections(List<Observation> observations) throws Exception {
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<DomainKey, JudgedDomain, Correction>(
                new NewestVerdict(),
                judged -> new DomainKey(
                        judged.verdict().vantage(), judged.verdict().domain()),
                TypeInformation.of(DomainKey.class))) {
            harness.open();
            for (Observation observation : observations) {
                harness.processElement(Fixtures.judged(observation), 0);
            }
            return harness.extractOutputValues();
        }
    }

    private static DomainVerdict verdict(int domain) {
        return Fixtures.judged(Fixtures.observations(1, domain + 1, domain + 1, "2026-11")
                        .get(domain))
                .verdict();
    }
}
