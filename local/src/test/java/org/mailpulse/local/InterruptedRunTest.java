package org.mailpulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.simulator.Simulator;
import org.mailpulse.simulator.SimulatorSettings;
import org.mailpulse.simulator.world.MailPlan.Manner;

/** However a run is cut short, the same command again comes to the rows of a run that was left alone. */
@Timeout(600)
class InterruptedRunTest {
    private static final String SURVEY = "2026-11";
    private static final int DOMAINS = 600;
    private static final int RUN_SECONDS = 180;

    @TempDir
    Path folder;

    private Simulator simulator;
    private Path targets;
    private Path trustStore;

    @BeforeEach
    void startTheInternet() throws IOException {
        simulator = Simulator.start(
                SimulatorSettings.defaults().withDomains(DOMAINS).withSurveys(1).withHostile(0));
        targets = folder.resolve("targets.csv");
        trustStore = folder.resolve("trust.pem");
        Files.write(targets, promptDomains());
        simulator.writeTrustStore(trustStore);
    }

    /** Without those that a prober must wait for: nothing is to be learnt from waiting seven times. */
    private List<String> promptDomains() {
        List<String> lines = new ArrayList<>(List.of("domain"));
        for (int index = 0; index < DOMAINS; index++) {
            if (simulator.world().plan(index, 0).manner() == Manner.PROMPT) {
                lines.add(simulator.world().domain(index).name());
            }
        }
        return lines;
    }

    @AfterEach
    void stopTheInternet() {
        simulator.close();
    }

    @Test
    void aRunThatIsKilledOrInterruptedAndStartedAgainComesToTheSameRows() throws Exception {
        List<String> undisturbed = runToTheEnd("undisturbed");

        cutShort(run -> run.kill());
        cutShort(run -> run.kill());
        cutShort(run -> {
            run.interrupt();
            run.endsWith(143, 60);
            assertThat(run.said()).contains("the same command continues survey " + SURVEY);
        });

        assertThat(runToTheEnd("cut")).containsExactlyElementsOf(undisturbed);
    }

    private interface Cut {
        void by(MailPulseProcess process) throws Exception;
    }

    private void cutShort(Cut cut) throws Exception {
        try (MailPulseProcess run = start("cut")) {
            awaitObservations("cut", run);
            cut.by(run);
        }
    }

    /** Until part of the survey, but not yet all of it, has reached the broker's files. */
    private void awaitObservations(String name, MailPulseProcess run) throws Exception {
        long before = observationBytes(name);
        while (observationBytes(name) < before + 30_000) {
            assertThat(run.isAlive()).as(run.said()).isTrue();
            Thread.sleep(20);
        }
    }

    private long observationBytes(String name) throws IOException {
        long bytes = 0;
        Path kafka = folder.resolve(name).resolve("kafka");
        if (!Files.isDirectory(kafka)) {
            return 0;
        }
        List<Path> segments;
        try (var files = Files.walk(kafka)) {
            segments = files.filter(file -> file.getFileName().toString().endsWith(".log")
                            && file.getParent().getFileName().toString().startsWith("mailpulse.observations"))
                    .toList();
        } catch (UncheckedIOException e) {
            return 0; // a folder that is being made
        }
        for (Path segment : segments) {
            bytes += Files.size(segment);
        }
        return bytes;
    }

    private MailPulseProcess start(String name) throws IOException {
        return MailPulseProcess.start(folder.resolve(name + ".log"), run(name));
    }

    private List<String> runToTheEnd(String name) throws Exception {
        try (MailPulseProcess run = start(name)) {
            run.endsWith(0, RUN_SECONDS);
        }
        Path out = folder.resolve(name + "-out");
        List<String> export = List.of("export", "--survey", SURVEY, "--out", out.toString());
        List<String> all = new ArrayList<>(export);
        all.addAll(List.of("--data", folder.resolve(name).toString()));
        try (MailPulseProcess process = MailPulseProcess.start(folder.resolve("export.log"), all)) {
            process.endsWith(0, RUN_SECONDS);
        }
        List<String> rows = new ArrayList<>(Exported.rows(out.resolve("domains.csv"), "observed_at"));
        rows.addAll(Exported.rows(out.resolve("rollups.csv"), "version"));
        assertThat(rows).hasSizeGreaterThan(DOMAINS / 2);
        return rows;
    }

    private List<String> run(String name) {
        List<String> args = new ArrayList<>(List.of("run", "--targets", targets.toString(), "--survey", SURVEY));
        args.addAll(List.of("--data", folder.resolve(name).toString(), "--no-serve", "--allow-private"));
        args.addAll(List.of("--resolver", "127.0.0.1:" + simulator.dnsAddress().getPort()));
        args.addAll(List.of("--smtp-port", "" + simulator.smtpPort(), "--trust-store", trustStore.toString()));
        // Few at a time, so that there is a middle to be cut in.
        args.addAll(
                List.of("--concurrency", "4", "--gap", "0", "--confirm-after", "0.2", "--ehlo-name", "prober.test"));
        return args;
    }
}
