package org.mailpulse.model.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.Facts;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.verdict.DomainJudge;

class CountsTest {
    private static final Counts PROTECTED = Counts.of(DomainJudge.judge(Facts.observation(Facts.host(Outcome.TLS_OK))));
    private static final Counts PLAIN =
            Counts.of(DomainJudge.judge(Facts.observation(Facts.host(Outcome.NOT_OFFERED))));

    @Test
    void oneDomainIsCountedOnce() {
        assertThat(PROTECTED.get(Metric.DOMAINS)).isEqualTo(1);
        assertThat(PROTECTED.get(Metric.ADOPTION_ALL)).isEqualTo(1);
        assertThat(PROTECTED.get(Metric.ADOPTION_NONE)).isZero();
    }

    @Test
    void aVerdictThatIsReplacedLeavesNoTrace() {
        Counts counts = PROTECTED.plus(PLAIN).minus(PROTECTED).plus(PLAIN);

        assertThat(counts).isEqualTo(PLAIN.plus(PLAIN));
        assertThat(counts.get(Metric.ADOPTION_NONE)).isEqualTo(2);
        assertThat(counts.get(Metric.ADOPTION_ALL)).isZero();
    }

    @Test
    void countsOfAnOlderWriterLackTheNewestMetrics() {
        Counts older = new Counts(new long[] {5, 4});

        assertThat(older.get(Metric.DOMAINS)).isEqualTo(5);
        assertThat(older.get(Metric.ELIGIBLE)).isEqualTo(4);
        assertThat(older.get(Metric.ENFORCEMENT_BROKEN)).isZero();
        assertThat(older).isEqualTo(new Counts(new long[] {5, 4, 0, 0}));
    }

    @Test
    void nobodyCanChangeCountsFromOutside() {
        long[] given = {1};
        Counts counts = new Counts(given);
        given[0] = 9;
        counts.values()[0] = 9;

        assertThat(counts.get(Metric.DOMAINS)).isEqualTo(1);
    }

    @Property
    void additionIsThatOfNumbers(@ForAll("counts") Counts a, @ForAll("counts") Counts b, @ForAll("counts") Counts c) {
        assertThat(a.plus(b)).isEqualTo(b.plus(a)).hasSameHashCodeAs(b.plus(a));
        assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
        assertThat(a.plus(Counts.ZERO)).isEqualTo(a);
        assertThat(a.plus(b).minus(b)).isEqualTo(a);
        assertThat(a.minus(a)).isEqualTo(Counts.ZERO);
        for (Metric metric : Metric.values()) {
            assertThat(a.plus(b).get(metric)).isEqualTo(a.get(metric) + b.get(metric));
        }
    }

    @Provide
    Arbitrary<Counts> counts() {
        return Arbitraries.longs()
                .between(-1_000_000, 1_000_000)
                .array(long[].class)
                .ofSize(Metric.values().length)
                .map(Counts::new);
    }
}
