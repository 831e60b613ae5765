package org.mailpulse.stream.count;

import java.util.ArrayList;
import java.util.List;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.verdict.DomainVerdict;

/**
 * A domain's verdict in a survey is new or replaced.
 *
 * @param before what was counted until now; null where the domain is new to the survey
 */
public record Correction(DomainVerdict before, DomainVerdict now) {

    /** What the cells must add so that they count {@code now} instead of {@code before}; empty where nothing differs. */
    public List<RollupDelta> deltas() {
        List<RollupKey> cells = RollupKey.cellsOf(now);
        Counts counts = Counts.of(now);
        List<RollupDelta> deltas = new ArrayList<>();
        if (before != null) {
            List<RollupKey> oldCells = RollupKey.cellsOf(before);
            Counts oldCounts = Counts.of(before);
            if (oldCells.equals(cells) && oldCounts.equals(counts)) {
                return List.of();
            }
            Counts takenBack = Counts.ZERO.minus(oldCounts);
            oldCells.forEach(cell -> deltas.add(new RollupDelta(cell, takenBack)));
        }
        cells.forEach(cell -> deltas.add(new RollupDelta(cell, counts)));
        return deltas;
    }
}
