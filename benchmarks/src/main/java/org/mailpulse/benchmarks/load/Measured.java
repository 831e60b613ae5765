package org.mailpulse.benchmarks.load;

import java.time.Duration;
import java.util.Optional;

/**
 * A run and what it cost.
 *
 * @param cpu of the whole client process: compilation and garbage collection count
 * @param peakKilobytes of resident memory
 */
public record Measured(Run run, Duration cpu, long peakKilobytes) {
    /** Of CPU, for each task that ended well; not a number if none did. */
    public double microsEach() {
        return run.good() == 0 ? Double.NaN : cpu.toNanos() / 1e3 / run.good();
    }

    public double perSecond() {
        return run.good() / run.seconds();
    }

    /** Bytes of heap that each task in flight holds; less than 0 if more was freed than taken. */
    public double heapEach(int inFlight) {
        return (double) (run.heapWithin() - run.heapBefore()) / inFlight;
    }

    public Optional<String> firstFailure() {
        return Optional.ofNullable(run.failure());
    }
}
