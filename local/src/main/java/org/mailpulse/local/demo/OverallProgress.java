package org.mailpulse.local.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.mailpulse.survey.coordinator.Progress;

/** The progress of many surveys shown as one. */
final class OverallProgress {
    private final int surveys;
    private final long domainsEach;
    private final Consumer<Progress> listener;
    private final Instant start = Instant.now();
    private int done;
    private long seenBefore;
    private long unknownBefore;
    private Progress latest;

    /** @param domainsEach about how many a survey has; the lists differ a little */
    OverallProgress(int surveys, long domainsEach, Consumer<Progress> listener) {
        this.surveys = surveys;
        this.domainsEach = domainsEach;
        this.listener = listener;
    }

    void show(Progress one) {
        latest = one;
        long seen = seenBefore + one.seen();
        long total = seenBefore + one.total() + (surveys - done - 1) * domainsEach;
        listener.accept(new Progress(
                one.survey(),
                total,
                seen,
                unknownBefore + one.unknown(),
                one.inFlight(),
                one.republished(),
                one.perSecond(),
                left(seen, total),
                start));
    }

    /** A survey is done, now or in an earlier run. */
    void finished(long domains) {
        done++;
        seenBefore += domains;
        unknownBefore += latest == null ? 0 : latest.unknown();
        latest = null;
    }

    private Duration left(long seen, long total) {
        long millis = Duration.between(start, Instant.now()).toMillis();
        return seen == 0 ? null : Duration.ofMillis(millis * (total - seen) / seen);
    }
}
