package org.mailpulse.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.local.cluster.FinalTables.Table;

/**
 * Whatever is killed, and whenever: the tables are those of a survey that was left alone.
 *
 * <p>One cluster takes one survey after the other of the same internet: first undisturbed ones, then some in which every
 * part is killed. The first survey of all has none before it to be compared with, so the second is the measure.
 *
 * <p>Few and small surveys by default. In full: {@code -Dcrash.runs=10 -Dcrash.domains=20000}; the same kills again:
 * {@code -Dcrash.seed=…}, as printed.
 */
@Timeout(7200)
class CrashTest {
    private static final int RUNS = Integer.getInteger("crash.runs", 2);
    private static final int DOMAINS = Integer.getInteger("crash.domains", 2_000);
    private static final long SEED = Long.getLong("crash.seed", new Random().nextInt(1 << 30));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Map<String, FinalTables> closed = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private YearMonth month = YearMonth.of(2020, 1);
    private Cluster cluster;

    @Test
    void surveysInWhichEveryPartIsKilledComeToTheTablesOfOneThatWasLeftAlone() throws Exception {
        say("in " + folder + ", crash.seed=" + SEED);
        try (Cluster started = Cluster.start(folder, DOMAINS)) {
            cluster = started;
            survey(List.of());
            FinalTables undisturbed = survey(List.of());
            assertThat(undisturbed.size(Table.VERDICTS)).isGreaterThan(DOMAINS / 2);

            for (int run = 1; run <= RUNS; run++) {
                FinalTables disturbed = survey(Blow.schedule(SEED + run));
                List<String> ofRun = disturbed.differences(undisturbed);
                say("run " + run + ": " + (ofRun.isEmpty() ? "no difference" : "DIFFERENT"));
                for (String line : ofRun) {
                    faults.add("run " + run + ": " + line);
                }
            }
            faults.addAll(changedSinceTheyWereClosed());
            faults.addAll(badRecords());
            faults.forEach(CrashTest::say);
            assertThat(faults).isEmpty();
        }
    }

    private FinalTables survey(List<Blow> blows) throws IOException, InterruptedException {
        String name = month.toString();
        month = month.plusMonths(1);
        say("survey " + name + ": " + blows);
        Story story = Survey.run(cluster, name, blows);
        FinalTables tables = FinalTables.of(cluster.tables(), name);
        say(story + "\n" + tables);
        story.unbidden().forEach(part -> faults.add(name + ": " + part));
        if (!blows.isEmpty()) {
            assertThat(story.victims()).isEqualTo(EnumSet.allOf(Victim.class));
        }
        closed.put(name, tables);
        return tables;
    }

    /** What is closed stays as it is, however often the job must go back to an earlier checkpoint. */
    private List<String> changedSinceTheyWereClosed() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, FinalTables> survey : closed.entrySet()) {
            FinalTables.of(cluster.tables(), survey.getKey())
                    .differences(survey.getValue())
                    .forEach(line -> lines.add(survey.getKey() + " after it was closed: " + line));
        }
        return lines;
    }

    /** Late ones there may be: duplicates of a worker that came back after the end. */
    private List<String> badRecords() throws IOException, InterruptedException {
        return cluster.tables().ask("SELECT cause, place, detail FROM aside FINAL WHERE cause != 'LATE' LIMIT 5");
    }

    private static void say(String text) {
        System.out.println("crash: " + text);
    }
}
