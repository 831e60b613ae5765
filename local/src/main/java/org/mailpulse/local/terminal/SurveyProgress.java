package org.mailpulse.local.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.mailpulse.survey.coordinator.Progress;

/** Shows how far a survey is: a moving bar on a terminal, a plain line now and then elsewhere. */
public final class SurveyProgress implements AutoCloseable {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Console console;
    private ProgressBar bar;
    private Progress last;
    private Progress said;
    private Instant nextLine = Instant.EPOCH;

    public SurveyProgress(Console console) {
        this.console = console;
    }

    public synchronized void show(Progress progress) {
        last = progress;
        if (console.isTerminal()) {
            bar(progress).stepTo(progress.seen());
            bar.setExtraMessage(" " + rate(progress) + ", " + progress.unknown() + " unknown");
        } else if (!Instant.now().isBefore(nextLine)) {
            nextLine = Instant.now().plus(BETWEEN_LINES);
            say(progress);
        }
    }

    private ProgressBar bar(Progress progress) {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(progress.survey())
                    .setInitialMax(progress.total())
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUpdateIntervalMillis(200)
                    .setConsumer(new ConsoleProgressBarConsumer(console.err()))
                    .build();
        }
        return bar;
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        } else if (last != null && !last.equals(said)) {
            say(last);
        }
    }

    private void say(Progress progress) {
        said = progress;
        console.say(line(progress));
    }

    static String line(Progress progress) {
        String eta = progress.eta() == null ? "" : ", " + duration(progress.eta()) + " to go";
        return String.format(
                Locale.ROOT,
                "survey %s: %,d of %,d domains, %s, %,d unknown so far%s",
                progress.survey(),
                progress.seen(),
                progress.total(),
                rate(progress),
                progress.unknown(),
                progress.seen() == progress.total() ? "" : eta);
    }

    private static String rate(Progress progress) {
        return String.format(Locale.ROOT, "%,.0f/s", progress.perSecond());
    }

    static String duration(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
    }
}
