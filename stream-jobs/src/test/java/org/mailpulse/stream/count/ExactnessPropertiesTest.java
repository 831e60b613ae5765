package org.mailpulse.stream.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.rollup.Comparison;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.stream.BruteForce;
import org.mailpulse.stream.Fixtures;

/** Counts, transitions and changes are those of a computation over the whole list, whatever way the records come. */
@SuppressWarnings("try") // closing a harness may be interrupted like anything else
class ExactnessPropertiesTest {
    private static final List<String> SURVEYS = List.of("2026-10", "2026-11", "2026-12", "2026-12-15");

    @Property(tries = 60)
    void inEveryOrderWithDuplicatesReplaysAndReprobes(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int domains,
            @ForAll @IntRange(max = 150) int records)
            throws Exception {
        Random random = new Random(seed);
        List<Observation> accepted = new ArrayList<>();
        List<Comparison> compared;
        try (Comparing job = Comparing.opened()) {
            for (String survey : SURVEYS) {
                // each survey has a list of its own, so that domains come and go
                int listed = 1 + random.nextInt(domains);
                List<Observation> seen =
                        new ArrayList<>(Fixtures.observations(random.nextLong(), records, listed, survey));
                accepted.addAll(seen);
                seen.addAll(seen.subList(0, seen.size() / 3));
                Collections.shuffle(seen, random);
                for (Observation one : seen) {
                    job.observe(one);
                }
                job.close(survey);
                for (Observation replayed : seen.subList(0, seen.size() / 4)) {
                    job.processElement(Fixtures.judged(replayed, "t-0@1"), 0);
                }
            }
            Collection<DomainVerdict> expected = BruteForce.verdicts(accepted);
            compared = job.comparisons();

            assertThat(BruteForce.byCell(job.cells())).isEqualTo(BruteForce.rollups(expected));
            assertThat(compared).containsExactlyInAnyOrderElementsOf(BruteForce.comparisons(expected));
            assertThat(job.aside()).isEmpty();
        }
    }
}
