package org.mailpulse.benchmarks.load;

/**
 * What a client shall do.
 *
 * @param total tasks, 1…
 * @param inFlight at the same time, 1…
 * @param rampMillis from the first start until all are in flight
 * @param weighed whether the heap is looked at with all in flight; that costs a full collection
 */
public record Order(int total, int inFlight, int rampMillis, boolean weighed) {
    public Order {
        if (total < 1 || inFlight < 1 || rampMillis < 0) {
            throw new IllegalArgumentException(
                    "total " + total + " and inFlight " + inFlight + " must be at least 1, ramp " + rampMillis + " 0");
        }
    }

    /** Without ramp and weighing. */
    public static Order of(int total, int inFlight) {
        return new Order(total, inFlight, 0, false);
    }
}
