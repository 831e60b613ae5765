package org.mailpulse.model.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.verdict.Level;

class ComparisonTest {
    @Test
    void aDomainThatClimbsMovesInTheCellOfAllAndInThoseOfItsPopulations() {
        Comparison compared = compared(
                Digests.at(Level.PARTIAL).in("gov").digest(),
                Digests.at(Level.ENFORCED).in("gov").digest());

        assertThat(compared.transitions())
                .extracting(TransitionKey::population, TransitionKey::from, TransitionKey::to)
                .containsExactly(
                        tuple("*", Standing.PARTIAL, Standing.ENFORCED),
                        tuple("gov", Standing.PARTIAL, Standing.ENFORCED));
    }

    @Test
    void aDomainThatChangesTheListEntersOneAndLeavesTheOther() {
        Comparison compared = compared(
                Digests.at(Level.PARTIAL).in("gov").digest(),
                Digests.at(Level.PARTIAL).in("top").digest());

        assertThat(compared.transitions())
                .extracting(TransitionKey::population, TransitionKey::from, TransitionKey::to)
                .containsExactly(
                        tuple("*", Standing.PARTIAL, Standing.PARTIAL),
                        tuple("top", Standing.ABSENT, Standing.PARTIAL),
                        tuple("gov", Standing.PARTIAL, Standing.ABSENT));
    }

    @Test
    void aDomainThatGoesToAnotherProviderIsInOneCellWithBoth() {
        Comparison compared = compared(
                Digests.at(Level.PARTIAL).with("a.example").digest(),
                Digests.at(Level.ENFORCED).with("b.example").digest());

        assertThat(compared.transitions())
                .extracting(TransitionKey::fromProvider, TransitionKey::provider)
                .containsExactly(tuple("a.example", "b.example"));
    }

    @Test
    void whoeverComesOrGoesHasTheProviderItIsFoundWith() {
        VerdictDigest some = Digests.at(Level.PARTIAL).with("a.example").digest();

        assertThat(List.of(compared(null, some), compared(some, null), compared(some, Digests.notEligible())))
                .flatExtracting(Comparison::transitions)
                .extracting(TransitionKey::fromProvider, TransitionKey::provider)
                .containsOnly(tuple("a.example", "a.example"))
                .hasSize(3);
    }

    @Test
    void aDomainOutsideOfBothCrossSectionsMovesNowhere() {
        assertThat(compared(null, Digests.notEligible()).transitions()).isEmpty();
        assertThat(compared(Digests.notEligible(), Digests.notEligible()).transitions())
                .isEmpty();
    }

    @Test
    void nothingMovesInTheFirstSurvey() {
        VerdictDigest now = Digests.at(Level.PARTIAL).digest();

        assertThat(new Comparison("2026-11", null, "oslo", "a.no", null, now).transitions())
                .isEmpty();
    }

    /** The identity that is published, for every step of the ladder, over any domains. */
    @Property
    void climbsFallsEntriesExitsAndCoverageExplainEveryDifference(@ForAll("comparisons") List<Comparison> compared) {
        Map<Standing, Long> before = new EnumMap<>(Standing.class);
        Map<Standing, Long> now = new EnumMap<>(Standing.class);
        compared.forEach(one -> {
            before.merge(one.from(), 1L, Long::sum);
            now.merge(one.to(), 1L, Long::sum);
        });
        List<TransitionKey> moves = compared.stream()
                .flatMap(one -> one.transitions().stream())
                .filter(move -> move.population().equals("*"))
                .toList();
        for (Standing step : Standing.values()) {
            if (step.isKnown()) {
                long climbs = count(moves, step, false, true, true, true);
                long falls = count(moves, step, true, false, true, true);
                long came = count(moves, step, false, true, false, true);
                long went = count(moves, step, true, false, true, false);

                assertThat(climbs - falls + came - went).isEqualTo(atLeast(now, step) - atLeast(before, step));
            }
        }
    }

    private static long count(
            List<TransitionKey> moves,
            Standing step,
            boolean before,
            boolean now,
            boolean knownBefore,
            boolean knownNow) {
        return moves.stream()
                .filter(move -> before == move.from().compareTo(step) >= 0
                        && now == move.to().compareTo(step) >= 0)
                .filter(move -> knownBefore == move.from().isKnown()
                        && knownNow == move.to().isKnown())
                .count();
    }

    private static long atLeast(Map<Standing, Long> counts, Standing step) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().compareTo(step) >= 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Provide
    Arbitrary<List<Comparison>> comparisons() {
        Arbitrary<VerdictDigest> digests = Combinators.combine(
                        Arbitraries.of(Level.class),
                        Arbitraries.of("a.example", "b.example"),
                        Arbitraries.subsetOf("gov", "top"))
                .as((level, provider, lists) -> Digests.at(level)
                        .with(provider)
                        .in(lists.toArray(String[]::new))
                        .digest());
        Arbitrary<VerdictDigest> any = Arbitraries.oneOf(digests, Arbitraries.of(Digests.notEligible()));
        return Combinators.combine(any.injectNull(0.2), any)
                .as(ComparisonTest::compared)
                .list();
    }

    static Comparison compared(VerdictDigest before, VerdictDigest now) {
        return new Comparison("2026-11", "2026-10", "oslo", "a.no", before, now);
    }
}
