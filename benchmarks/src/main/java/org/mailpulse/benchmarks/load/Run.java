package org.mailpulse.benchmarks.load;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What came of one run.
 *
 * @param done tasks that ended, well or not
 * @param failed those that ended badly
 * @param failure the first of their reasons; null if there was none
 * @param p50Micros time from start to end, less what the other side has waited on purpose; of those that ended well
 * @param heapBefore bytes in use after a full collection, before the run
 * @param heapWithin the same with all in flight; 0 unless asked for
 */
public record Run(
        int done,
        int failed,
        String failure,
        double seconds,
        long p50Micros,
        long p99Micros,
        long heapBefore,
        long heapWithin) {
    @JsonIgnore
    public int good() {
        return done - failed;
    }
}
