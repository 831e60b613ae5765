package org.mailpulse.local.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how many domains have been judged again: a moving bar on a terminal, a plain line now and then elsewhere. */
public final class RejudgeProgress implements AutoCloseable {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Console console;
    private final long domains;
    private final ProgressBar bar;
    private long said = -1;
    private Instant nextLine = Instant.now().plus(BETWEEN_LINES);

    public RejudgeProgress(Console console, long domains) {
        this.console = console;
        this.domains = domains;
        this.bar = console.isTerminal() ? bar(console, domains) : null;
    }

    private static ProgressBar bar(Console console, long domains) {
        return new ProgressBarBuilder()
                .setTaskName("judged again")
                .setInitialMax(domains)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(console.err()))
                .build();
    }

    public void show(long judged) {
        if (bar != null) {
            bar.stepTo(judged);
        } else if (judged != said && (judged == domains || !Instant.now().isBefore(nextLine))) {
            said = judged;
            nextLine = Instant.now().plus(BETWEEN_LINES);
            console.say(String.format(Locale.ROOT, "%,d of %,d domains judged again", judged, domains));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
