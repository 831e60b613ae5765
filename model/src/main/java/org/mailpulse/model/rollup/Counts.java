package org.mailpulse.model.rollup;

import java.util.Arrays;
import org.mailpulse.model.verdict.DomainVerdict;

/**
 * Counts of a cell, each at the position of its constant in the enum that the cube counts by, such as {@link Metric}.
 * Counts of disjoint sets add up; a count that is taken back is subtracted. Immutable.
 *
 * @param values without zeros at the end; what an older writer did not know is missing, and counts as 0
 */
public record Counts(long[] values) {
    public static final Counts ZERO = new Counts(new long[0]);

    public Counts {
        int length = values.length;
        while (length > 0 && values[length - 1] == 0) {
            length--;
        }
        values = Arrays.copyOf(values, length);
    }

    /** One domain. */
    public static Counts of(DomainVerdict verdict) {
        MetricSet metrics = MetricSet.of(verdict);
        long[] values = new long[metrics.size()];
        metrics.addTo(values, 1);
        return new Counts(values);
    }

    /** A copy. */
    @Override
    public long[] values() {
        return values.clone();
    }

    /** @param metric of the enum that these counts go by */
    public long get(Enum<?> metric) {
        return metric.ordinal() < values.length ? values[metric.ordinal()] : 0;
    }

    /** The only count of a cube that counts but one thing. */
    public long first() {
        return values.length == 0 ? 0 : values[0];
    }

    public Counts plus(Counts other) {
        return combine(other, 1);
    }

    public Counts minus(Counts other) {
        return combine(other, -1);
    }

    private Counts combine(Counts other, int sign) {
        long[] sum = Arrays.copyOf(values, Math.max(values.length, other.values.length));
        for (int i = 0; i < other.values.length; i++) {
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
        return "Counts" + Arrays.toString(values);
    }
}
