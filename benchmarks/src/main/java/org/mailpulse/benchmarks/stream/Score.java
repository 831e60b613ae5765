package org.mailpulse.benchmarks.stream;

import java.time.Duration;

/**
 * All measured rounds of one job.
 *
 * @param best the most records per second in one round
 * @param others CPU of broker and ClickHouse in the same time
 */
record Score(Round total, double best, Duration others) {
    static final Score NONE = new Score(Round.NONE, 0, Duration.ZERO);

    Score plus(Round round, Duration othersCpu) {
        return new Score(total.plus(round), Math.max(best, round.perSecond()), others.plus(othersCpu));
    }

    /** Records per second of this job for each of the peer's. */
    double rateBeside(Score peer) {
        return total.perSecond() / peer.total.perSecond();
    }

    double othersMillisPerThousand() {
        return others.toNanos() / 1e9 * 1_000_000 / total.records();
    }
}
