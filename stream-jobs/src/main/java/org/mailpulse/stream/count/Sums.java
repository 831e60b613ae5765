package org.mailpulse.stream.count;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.MetricSet;

/** Sums by cell, on the way to being sent on. */
public final class Sums<K> {
    private final Map<K, long[]> byCell = new HashMap<>();

    /** @param sign 1 to count a domain in, -1 to take it back */
    public void add(K cell, MetricSet metrics, int sign) {
        metrics.addTo(sums(cell, metrics.size()), sign);
    }

    /** Adds to the first and only count. */
    public void add(K cell, long count) {
        sums(cell, 1)[0] += count;
    }

    int cells() {
        return byCell.size();
    }

    void drain(BiConsumer<K, Counts> to) {
        byCell.forEach((cell, sums) -> to.accept(cell, new Counts(sums)));
        byCell.clear();
    }

    private long[] sums(K cell, int length) {
        long[] sums = byCell.get(cell);
        if (sums == null || sums.length < length) {
            sums = sums == null ? new long[length] : Arrays.copyOf(sums, length);
            byCell.put(cell, sums);
        }
        return sums;
    }
}
