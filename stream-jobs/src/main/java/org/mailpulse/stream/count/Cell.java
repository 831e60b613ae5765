package org.mailpulse.stream.count;

import org.mailpulse.model.rollup.Counts;

/**
 * A cell of the cube: state.
 *
 * @param version of the row that was last sent out, 0 before the first
 */
public record Cell(Counts counts, long version) {
    static final Cell EMPTY = new Cell(Counts.ZERO, 0);

    Cell plus(Counts delta) {
        return new Cell(counts.plus(delta), version);
    }

    /**
     * A version that is greater than any before it. Within one life of the job the last version plus one would do; but a
     * job that is restored or starts over counts from an older cell, and its rows must win over those that its
     * predecessor had already written. Only the clock on the wall orders the lives of a job.
     */
    Cell nextVersion(long nowMillis) {
        return new Cell(counts, Math.max(version + 1, nowMillis));
    }
}
