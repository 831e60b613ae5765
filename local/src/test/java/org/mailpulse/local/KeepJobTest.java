package org.mailpulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.stream.Checkpoints;
import org.mailpulse.stream.SurveyStatisticsJob;

/** The script that keeps the job on the cluster, with a {@code flink} command that only notes what it is asked. */
@Timeout(60)
class KeepJobTest {
    private static final String RUNNING = "26.11.2026 10:00:00 : abc : " + SurveyStatisticsJob.NAME + " (RUNNING)";

    @TempDir
    private Path folder;

    private Path checkpoints;

    @BeforeEach
    void noCheckpointsYet() throws IOException {
        checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
    }

    @Test
    void jobThatDoesNotRunIsHandedInWithItsOptions() throws Exception {
        assertThat(asked("No running jobs.", 0, 2))
                .containsExactly(
                        "list --jobmanager jobs:8081",
                        "run --detached --jobmanager jobs:8081 job.jar --kafka kafka:9092");
    }

    @Test
    void jobThatRunsIsLeftAlone() throws Exception {
        assertThat(asked(RUNNING, 0, 3)).containsOnly("list --jobmanager jobs:8081");
    }

    @Test
    void nothingIsDoneWhileTheClusterDoesNotAnswer() throws Exception {
        assertThat(asked("Connection refused", 1, 3)).containsOnly("list --jobmanager jobs:8081");
    }

    @Test
    void itGoesOnFromTheNewestWholeCheckpoint() throws Exception {
        checkpoint(Checkpoints.LAYOUT + "/0a/chk-9/_metadata", 100);
        checkpoint(Checkpoints.LAYOUT + "/0b/chk-3/_metadata", 200);
        checkpoint(Checkpoints.LAYOUT + "/0b/chk-4/half", 300);

        assertThat(asked("No running jobs.", 0, 2).get(1))
                .endsWith(" --kafka kafka:9092 --restore-from file://" + checkpoints + "/" + Checkpoints.LAYOUT
                        + "/0b/chk-3");
    }

    @Test
    void scriptAndJobLookForCheckpointsAtTheSamePlace() throws Exception {
        checkpoint(Checkpoints.LAYOUT + "/0a/chk-9/_metadata", 100);

        assertThat(Checkpoints.newest(checkpoints)).isPresent();
    }

    private void checkpoint(String file, long second) throws IOException {
        Path path = checkpoints.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "");
        Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(second)));
    }

    /** The first calls of {@code flink}, which answers each in the same way. */
    private List<String> asked(String answer, int code, int calls) throws Exception {
        Path log = Files.writeString(folder.resolve("calls"), "");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path flink = Files.writeString(bin.resolve("flink"), """
                #!/bin/sh
                echo "$*" >> '%s'
                echo '%s'
                exit %d
                """.formatted(log, answer, code));
        Files.setPosixFilePermissions(flink, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh", ComposeFile.FOLDER.resolve("keep-job.sh").toString(), "--kafka", "kafka:9092")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().put("JOBMANAGER", "jobs:8081");
        builder.environment().put("CHECKPOINTS", checkpoints.toString());
        builder.environment().put("JOB_JAR", "job.jar");
        builder.environment().put("LOOK_EVERY", "0.2");
        Process script = builder.start();
        try {
            while (Files.readAllLines(log).size() < calls) {
                assertThat(script.isAlive()).isTrue();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } finally {
            script.destroy();
            assertThat(script.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        return Files.readAllLines(log).subList(0, calls);
    }
}
