package org.mailpulse.local.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What happened in one survey, to be told when it is over or has failed. */
final class Story {
    /** A kill that was done. */
    record Kill(Victim victim, Part part, Instant at) {}

    private final Instant begin = Instant.now();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<Kill> kills = new ArrayList<>();
    private final List<String> unbidden = new ArrayList<>();

    void tell(String line) {
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
        lines.add(String.format(Locale.ROOT, "%7.2f s  %s", seconds, line));
    }

    void killed(Victim victim, Part part) {
        kills.add(new Kill(victim, part, Instant.now()));
        tell("killed " + part);
    }

    void endedByItself(Part part) {
        unbidden.add(part + " ended by itself with " + part.exitCode());
        tell(part + " ended by itself with " + part.exitCode() + ", started again");
    }

    /** Parts that ended though nobody had killed them. */
    List<String> unbidden() {
        return unbidden;
    }

    Set<Victim> victims() {
        Set<Victim> victims = EnumSet.noneOf(Victim.class);
        kills.forEach(kill -> victims.add(kill.victim()));
        return victims;
    }

    /** How long after each kill a checkpoint was complete that began after it. */
    void tellRecoveries(Checkpoints checkpoints) {
        for (Kill kill : kills) {
            String after = checkpoints
                    .firstAfter(kill.at())
                    .map(complete -> String.format(
                            Locale.ROOT,
                            "%.1f s",
                            Duration.between(kill.at(), complete).toMillis() / 1000.0))
                    .orElse("not seen before the end");
            lines.add("recovery " + kill.victim() + ": " + after);
        }
    }

    Duration soFar() {
        return Duration.between(begin, Instant.now());
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
