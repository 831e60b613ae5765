package org.mailpulse.probe.pace;

import java.util.concurrent.TimeUnit;

/**
 * So many connections started per second, by however many gates that share it. Evenly, except that what a late timer
 * missed may be made up for within a tenth of a second. Thread-safe.
 */
public final class Rate {
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long interval;
    private long next;
    private boolean begun;

    private Rate(long interval) {
        this.interval = interval;
    }

    public static Rate unlimited() {
        return new Rate(0);
    }

    /** @param starts per second, more than 0 */
    public static Rate perSecond(double starts) {
        if (!(starts > 0)) {
            throw new IllegalArgumentException("rate must be more than 0, is " + starts);
        }
        return new Rate((long) (TimeUnit.SECONDS.toNanos(1) / starts));
    }

    /** @return 0 if a connection may start now, and is counted; else how many nanoseconds later to ask again */
    synchronized long take(long now) {
        if (interval == 0) {
            return 0;
        }
        if (!begun) {
            begun = true;
            next = now;
        } else if (now - next > SLACK_NANOS) {
            next = now - SLACK_NANOS;
        }
        if (next - now > 0) {
            return next - now;
        }
        next += interval;
        return 0;
    }
}
