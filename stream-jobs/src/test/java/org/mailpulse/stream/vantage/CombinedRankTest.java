package org.mailpulse.stream.vantage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.mailpulse.stream.intake.Rank;

class CombinedRankTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void whatIsOlderButFromElsewhereMakesALaterJudgement() {
        Rank alone = CombinedRank.of(List.of(new Rank(NOON, Long.MAX_VALUE)));
        Rank together = CombinedRank.of(
                List.of(new Rank(NOON, Long.MAX_VALUE), new Rank(NOON.minusSeconds(9), Long.MIN_VALUE)));

        assertThat(together.isAfter(alone)).isTrue();
    }

    @Test
    void whatWasNeverSentCountsForMoreThanNothing() {
        Rank alone = CombinedRank.of(List.of(new Rank(NOON, 7)));

        assertThat(CombinedRank.of(List.of(new Rank(NOON, 7), new Rank(null, Long.MIN_VALUE)))
                        .isAfter(alone))
                .isTrue();
    }

    @Test
    void sixteenFingerprintsOfTheLargestKindFit() {
        List<Rank> largest = Collections.nCopies(16, new Rank(NOON, Long.MAX_VALUE));
        List<Rank> fewer = Collections.nCopies(15, new Rank(NOON, Long.MAX_VALUE));

        assertThat(CombinedRank.of(largest).fingerprint())
                .isGreaterThan(CombinedRank.of(fewer).fingerprint());
    }

    /** Each place's newest record holds; whatever comes in between, the rank never falls and ends at the same. */
    @Property
    void itRisesWithEveryChangeAndEndsAlikeInEveryOrder(@ForAll("arrivals") List<Arrival> arrivals, @ForAll long seed) {
        List<Arrival> shuffled = new ArrayList<>(arrivals);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(last(shuffled)).isEqualTo(last(arrivals));
    }

    record Arrival(int place, Rank rank) {}

    private static Rank last(List<Arrival> arrivals) {
        Map<Integer, Rank> newest = new HashMap<>();
        Rank last = null;
        for (Arrival arrival : arrivals) {
            Rank before = newest.get(arrival.place);
            if (before != null && !arrival.rank.isAfter(before)) {
                continue;
            }
            newest.put(arrival.place, arrival.rank);
            Rank now = CombinedRank.of(newest.values());
            if (last != null) {
                assertThat(now.isAfter(last)).isTrue();
            }
            last = now;
        }
        return last;
    }

    @Provide
    Arbitrary<List<Arrival>> arrivals() {
        Arbitrary<Instant> moments = Arbitraries.integers()
                .between(0, 3)
                .map(seconds -> NOON.plusSeconds(seconds))
                .injectNull(0.2);
        // far enough apart to differ after the cut, as hashes do
        Arbitrary<Long> fingerprints =
                Arbitraries.longs().between(-1L << 58, 1L << 58).map(part -> part << 5);
        return Combinators.combine(Arbitraries.integers().between(0, 3), moments, fingerprints)
                .as((place, at, fingerprint) -> new Arrival(place, new Rank(at, fingerprint)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }
}
