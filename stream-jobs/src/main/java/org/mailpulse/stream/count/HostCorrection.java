package org.mailpulse.stream.count;

import org.mailpulse.model.rollup.HostRollupKey;
import org.mailpulse.model.rollup.MetricSet;

/**
 * A host is new to a cell, or newer facts about it are known there.
 *
 * @param before what was counted until now; null where the host is new
 */
public record HostCorrection(HostRollupKey cell, MetricSet before, MetricSet now) {
    public void count(Sums<HostRollupKey> sums) {
        if (before != null) {
            sums.add(cell, before, -1);
        }
        sums.add(cell, now, 1);
    }
}
