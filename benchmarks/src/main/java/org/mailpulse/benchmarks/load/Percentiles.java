package org.mailpulse.benchmarks.load;

import java.util.Arrays;

/** Percentiles by the nearest rank. */
final class Percentiles {
    private final int[] sorted;

    private Percentiles(int[] sorted) {
        this.sorted = sorted;
    }

    /** @param values negative ones do not count */
    static Percentiles of(int[] values) {
        return new Percentiles(
                Arrays.stream(values).filter(value -> value >= 0).sorted().toArray());
    }

    /**
     * The least value that so much of all do not exceed.
     *
     * @param share more than 0, at most 1
     * @return 0 if there are no values
     */
    int at(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be more than 0 and at most 1, is " + share);
        }
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
