package org.mailpulse.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.rollup.Change;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.warehouse.Group;

class StoryTest {
    /** Known domains: none + some + all; ten more are unknown. */
    private static Counts counts(long none, long some, long all) {
        long[] values = new long[Metric.values().length];
        values[Metric.ADOPTION_NONE.ordinal()] = none;
        values[Metric.ADOPTION_SOME.ordinal()] = some;
        values[Metric.ADOPTION_ALL.ordinal()] = all;
        values[Metric.ADOPTION_UNKNOWN.ordinal()] = 10;
        values[Metric.ELIGIBLE.ordinal()] = none + some + all + 10;
        return new Counts(values);
    }

    private static Month month(String survey, Counts all, Map<String, Counts> byProvider, Map<String, Counts> byTld) {
        return new Month(survey, new Group("*", all), byProvider, byTld);
    }

    private static final Month FIRST = month(
            "2026-01",
            counts(60, 20, 20),
            Map.of("a.example", counts(40, 0, 0), "b.example", counts(0, 20, 10)),
            Map.of("xn", counts(60, 20, 20)));

    /** a.example switches on for 30, b.example loses 8. */
    private static final Month SECOND = month(
            "2026-02",
            counts(38, 20, 42),
            Map.of("a.example", counts(10, 0, 30), "b.example", counts(8, 20, 2)),
            Map.of("xn", counts(38, 20, 42)));

    @Test
    void theHeadlineHasNumeratorsDenominatorAndCoverage() {
        assertThat(Story.of(List.of(FIRST), Map.of()))
                .containsExactly(
                        "In 2026-01, 110 domains receive mail; the mail servers of 100 could be judged"
                                + " (coverage 90.9 %).",
                        "STARTTLS is offered by none of the mail servers of 60 (60.0 %), by some of 20 (20.0 %),"
                                + " by all of 20 (20.0 %).");
    }

    @Test
    void theFirstAndTheLastSurveyAreCompared() {
        assertThat(Story.of(List.of(FIRST, SECOND), Map.of()))
                .contains("  STARTTLS at all mail servers          20 (20.0 %) → 42 (42.0 %)");
    }

    @Test
    void whatHappenedToDomainsInTheLastSurveyIsTold() {
        assertThat(Story.of(List.of(FIRST, SECOND), Map.of(Change.Kind.CLIMBED, 1_234L, Change.Kind.GONE, 5L)))
                .contains("In 2026-02 alone")
                .contains(
                        "  1,234 domains climbed and 0 fell; 0 are new and 5 gone; 0 changed the provider; of 0 a certificate"
                                + " expired; of 0 enforcement broke");
    }

    @Test
    void theBiggestRiseIsThatOfTheGroupBehindIt() {
        assertThat(Move.biggest(List.of(FIRST, SECOND), Measure.ENCRYPTED, 1))
                .contains(new Move("2026-02", Measure.ENCRYPTED, "provider a.example", 30, 22));
    }

    @Test
    void aFallIsFoundWhereTheWholeRises() {
        assertThat(Move.biggest(List.of(FIRST, SECOND), Measure.ENCRYPTED, -1))
                .contains(new Move("2026-02", Measure.ENCRYPTED, "provider b.example", -8, 22));
    }

    @Test
    void aGroupThatLeftHasFallenToNothing() {
        Month gone = month("2026-02", counts(60, 20, 10), Map.of("a.example", counts(40, 0, 0)), Map.of());

        assertThat(Move.biggest(List.of(FIRST, gone), Measure.ENCRYPTED, -1))
                .contains(new Move("2026-02", Measure.ENCRYPTED, ".xn", -20, -10));
    }

    @Test
    void withoutAnyMoveNoneIsTold() {
        assertThat(Move.biggest(List.of(FIRST, FIRST), Measure.ENCRYPTED, 1)).isEmpty();
        assertThat(Move.biggest(List.of(FIRST), Measure.ENCRYPTED, 1)).isEmpty();
    }

    @Test
    void whereNothingIsKnownNothingIsDividedByZero() {
        Month empty = month("2026-01", Counts.ZERO, Map.of(), Map.of());

        assertThat(Story.of(List.of(empty, empty), Map.of()).get(0))
                .contains("0 domains")
                .contains("coverage -");
    }
}
