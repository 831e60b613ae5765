package org.mailpulse.survey.coordinator;

import java.time.Duration;
import java.util.ArrayDeque;

/** Speed of a growing count over the last half minute. Times are those of {@link System#nanoTime()}. */
final class RateMeter {
    private static final long SPAN = Duration.ofSeconds(30).toNanos();

    private record Sample(long time, long count) {}

    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    /** @return per second; 0 while nothing can be told */
    double sample(long time, long count) {
        samples.addLast(new Sample(time, count));
        while (time - samples.getFirst().time() > SPAN) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        long nanos = time - first.time();
        return nanos == 0 ? 0 : (count - first.count()) * 1e9 / nanos;
    }

    /** @return null where the rate says nothing */
    static Duration eta(long remaining, double perSecond) {
        if (remaining == 0) {
            return Duration.ZERO;
        }
        return perSecond <= 0 ? null : Duration.ofMillis((long) Math.ceil(remaining / perSecond * 1000));
    }
}
