package org.mailpulse.model.rollup;

import java.util.Arrays;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.MxHostVerdict;

/**
 * The metrics that hold for one verdict, a bit each: what a domain (by {@link Metric}) or an MX host (by {@link HostMetric})
 * adds to its cells, small enough to be remembered for every one. Immutable.
 *
 * @param words bit n of word w is the metric at position 64w + n; words that an older writer did not know may be missing
 */
public record MetricSet(long[] words) implements Comparable<MetricSet> {
    private static final Metric[] METRICS = Metric.values();
    private static final HostMetric[] HOST_METRICS = HostMetric.values();

    public MetricSet {
        words = words.clone();
    }

    public static MetricSet of(DomainVerdict verdict) {
        long[] words = words(METRICS.length);
        for (Metric metric : METRICS) {
            if (metric.holdsFor(verdict)) {
                words[metric.ordinal() / Long.SIZE] |= 1L << metric.ordinal();
            }
        }
        return new MetricSet(words);
    }

    public static MetricSet of(MxHostVerdict host) {
        long[] words = words(HOST_METRICS.length);
        for (HostMetric metric : HOST_METRICS) {
            if (metric.holdsFor(host)) {
                words[metric.ordinal() / Long.SIZE] |= 1L << metric.ordinal();
            }
        }
        return new MetricSet(words);
    }

    private static long[] words(int metrics) {
        return new long[(metrics + Long.SIZE - 1) / Long.SIZE];
    }

    /** @param metric of the enum that this set goes by */
    public boolean contains(Enum<?> metric) {
        int word = metric.ordinal() / Long.SIZE;
        return word < words.length && (words[word] & 1L << metric.ordinal()) != 0;
    }

    /** How many positions there are: more than that of any metric in it. */
    public int size() {
        return words.length * Long.SIZE;
    }

    /**
     * @param sums of at least {@link #size()} counts
     * @param sign 1 to count the domain in, -1 to take it back
     */
    public void addTo(long[] sums, int sign) {
        for (int word = 0; word < words.length; word++) {
            for (long rest = words[word]; rest != 0; rest &= rest - 1) {
                sums[word * Long.SIZE + Long.numberOfTrailingZeros(rest)] += sign;
            }
        }
    }

    /** An order that means nothing, but is always the same. */
    @Override
    public int compareTo(MetricSet other) {
        return Arrays.compare(words, other.words);
    }

    /** A copy. */
    @Override
    public long[] words() {
        return words.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MetricSet set && Arrays.equals(words, set.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }
}
