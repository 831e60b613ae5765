package org.mailpulse.local.cluster;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.mailpulse.local.ClassPaths;

/**
 * A Flink session cluster as its distribution starts it, and {@code deploy/keep-job.sh} beside it, with a {@code flink}
 * command on its path. Each TaskManager has one slot and the job wants two: it runs on both or not at all.
 */
final class FlinkParts {
    static final int TASK_MANAGERS = 2;

    private static final Path KEEP_JOB = Path.of("..", "deploy", "keep-job.sh");

    /** Long before this a survey's rows are in the tables. */
    private static final int CHECKPOINT_SECONDS = 2;

    private final Path folder;
    private final Path logs;
    private final Java java;
    private final int rpcPort;
    private final int restPort;

    FlinkParts(Path folder, Path logs, Java java, Ports ports) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.logs = logs;
        this.java = java;
        this.rpcPort = ports.next();
        this.restPort = ports.next();
        Files.writeString(folder.resolve("config.yaml"), configuration());
        writeCommand();
    }

    /** Heartbeats and pauses are shorter than Flink's own: a test cannot wait a minute for each death to be noticed. */
    private String configuration() {
        return """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.rpc.port: %d
                jobmanager.bind-host: 127.0.0.1
                rest.address: 127.0.0.1
                rest.port: %d
                rest.bind-port: %d
                rest.bind-address: 127.0.0.1
                taskmanager.host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                taskmanager.numberOfTaskSlots: 1
                taskmanager.cpu.cores: 1
                taskmanager.memory.framework.heap.size: 96m
                taskmanager.memory.framework.off-heap.size: 64m
                taskmanager.memory.task.heap.size: 288m
                taskmanager.memory.task.off-heap.size: 0m
                taskmanager.memory.managed.size: 16m
                taskmanager.memory.network.min: 48m
                taskmanager.memory.network.max: 48m
                taskmanager.memory.jvm-metaspace.size: 256m
                taskmanager.memory.jvm-overhead.min: 64m
                taskmanager.memory.jvm-overhead.max: 64m
                heartbeat.interval: 1000
                heartbeat.timeout: 10000
                restart-strategy.type: exponential-delay
                restart-strategy.exponential-delay.max-backoff: 10 s
                restart-strategy.exponential-delay.reset-backoff-threshold: 1 min
                io.tmp.dirs: %s
                """.formatted(rpcPort, restPort, restPort, folder);
    }

    private void writeCommand() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        List<String> command = java.flinkCommand("160m", CliFrontend.class);
        Path flink = Files.writeString(
                bin.resolve("flink"), "#!/bin/sh\nexec '" + String.join("' '", command) + "' \"$@\"\n");
        Files.setPosixFilePermissions(flink, PosixFilePermissions.fromString("rwx------"));
    }

    Part jobManager() {
        return new Part(
                "jobmanager",
                logs,
                java.flink("320m", StandaloneSessionClusterEntrypoint.class, configured()),
                Map.of());
    }

    Part taskManager(int number) {
        return new Part(
                "taskmanager-" + number, logs, java.flink("384m", TaskManagerRunner.class, configured()), Map.of());
    }

    private List<String> configured() {
        return List.of("--configDir", folder.toString());
    }

    Part keepJob(String kafka, String clickhouse) {
        Path checkpoints = folder.resolve("checkpoints");
        List<String> command = new ArrayList<>(List.of("/bin/sh", KEEP_JOB.toString()));
        command.addAll(List.of("--kafka", kafka, "--clickhouse", clickhouse));
        command.addAll(List.of(
                "--parallelism",
                "" + TASK_MANAGERS,
                "--checkpoint-dir",
                checkpoints.toUri().toString()));
        command.addAll(List.of("--checkpoint-seconds", "" + CHECKPOINT_SECONDS));
        return new Part(
                "keep-job",
                logs,
                command,
                Map.of(
                        "PATH",
                        folder.resolve("bin") + ":" + System.getenv("PATH"),
                        "FLINK_CONF_DIR",
                        folder.toString(),
                        "JOBMANAGER",
                        "127.0.0.1:" + restPort,
                        "CHECKPOINTS",
                        checkpoints.toString(),
                        "JOB_JAR",
                        ClassPaths.jobJar().toAbsolutePath().toString(),
                        "LOOK_EVERY",
                        "4"));
    }

    /** Of the TaskManagers that the JobManager knows. */
    int slots() throws IOException {
        try (InputStream overview = URI.create(restUrl() + "/overview").toURL().openStream()) {
            return new JsonMapper().readTree(overview).path("slots-total").asInt();
        }
    }

    String restUrl() {
        return "http://127.0.0.1:" + restPort;
    }
}
