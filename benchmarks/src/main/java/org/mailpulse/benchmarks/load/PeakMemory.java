package org.mailpulse.benchmarks.load;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mailpulse.benchmarks.process.Usage;

/** The most memory that a process has been seen to hold, looked at again and again. */
final class PeakMemory implements AutoCloseable {
    private static final long BETWEEN_LOOKS_MILLIS = 200;

    private final long pid;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    private volatile long peak;

    PeakMemory(long pid) {
        this.pid = pid;
        watch.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        peak = Math.max(peak, Usage.residentKilobytes(pid));
    }

    long peakKilobytes() {
        look();
        return peak;
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
