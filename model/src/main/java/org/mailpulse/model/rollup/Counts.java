package org.mailpulse.model.rollup;

import java.util.Arrays;
import org.mailpulse.model.verdict.DomainVerdict;

/**
 * How many domains each {@link Metric} holds for. Counts of disjoint sets of domains add up; a count that is taken back
 * is subtracted. Immutable.
 *
 * @param values by the metric's position; trailing metrics that an older writer did not know may be missing
 */
public record Counts(long[] values) {
    private static final Metric[] METRICS = Metric.values();

    public static final Counts ZERO = new Counts(new long[METRICS.length]);

    public Counts {
        values = Arrays.copyOf(values, METRICS.length);
    }

    /** One domain. */
    public static Counts of(DomainVerdict verdict) {
        long[] values = new long[METRICS.length];
        for (Metric metric : METRICS) {
            values[metric.ordinal()] = metric.holdsFor(verdict) ? 1 : 0;
        }
        return new Counts(values);
    }

    /** A copy. */
    @Override
    public long[] values() {
        return values.clone();
    }

    public long get(Metric metric) {
        return values[metric.ordinal()];
    }

    public Counts plus(Counts other) {
        return combine(other, 1);
    }

    public Counts minus(Counts other) {
        return combine(other, -1);
    }

    private Counts combine(Counts other, int sign) {
        long[] sum = values.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += sign * other.values[i];
        }
        return new Counts(sum);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counts counts && Arrays.equals(values, counts.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Counts");
        for (Metric metric : METRICS) {
            if (get(metric) != 0) {
                text.append(' ').append(metric.column()).append('=').append(get(metric));
            }
        }
        return text.toString();
    }
}
