package org.mailpulse.benchmarks.stream;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.mailpulse.benchmarks.process.Folders;

/**
 * A Flink cluster in a process of its own, which at each line runs the job over the whole topic and answers with a
 * {@link Round}. Arguments: a {@link JobPlan}.
 */
final class JobMain {
    private static final long BETWEEN_LOOKS_MILLIS = 10;

    private final JobPlan plan;
    private final MiniCluster cluster;

    private JobMain(JobPlan plan, MiniCluster cluster) {
        this.plan = plan;
        this.cluster = cluster;
    }

    public static void main(String[] arguments) throws Exception {
        JobPlan plan = JobPlan.of(arguments);
        try (MiniCluster cluster = cluster(plan)) {
            JobMain job = new JobMain(plan, cluster);
            System.out.println("ready");
            var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (orders.readLine() != null) {
                System.out.println(job.answer());
            }
        }
        System.exit(0);
    }

    private static MiniCluster cluster(JobPlan plan) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(
                CoreOptions.TMP_DIRS,
                Files.createDirectories(plan.folder().resolve("tmp")).toString());
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(plan.managedMegabytes()));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(plan.parallelism())
                .build());
        cluster.start();
        return cluster;
    }

    private String answer() {
        try {
            return "ok " + run().text();
        } catch (Exception e) {
            return "failed: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
    }

    private Round run() throws Exception {
        Files.createDirectories(plan.checkpoints());
        CountedRecords.reset();
        JobID job = cluster.submitJob(Jobs.graph(plan.variant(), plan.settings()))
                .get()
                .getJobID();
        CompletableFuture<JobResult> ended = cluster.requestJobResult(job);
        while (CountedRecords.count() == 0) {
            pause(ended);
        }
        long cpuBefore = processCpuNanos();
        while (CountedRecords.count() < plan.records()) {
            pause(ended);
        }
        // The barrier starts behind the last record, and comes through behind its rows.
        cluster.triggerCheckpoint(job, CheckpointType.CONFIGURED).get();
        Round round = new Round(
                CountedRecords.count(),
                Duration.ofNanos(System.nanoTime() - CountedRecords.firstAt()),
                Duration.ofNanos(processCpuNanos() - cpuBefore));
        if (round.records() != plan.records()) {
            throw new IOException(round.records() + " records were read, where there are " + plan.records());
        }
        cluster.cancelJob(job).get();
        ended.get();
        Folders.delete(plan.checkpoints()); // they outlive the job
        return round;
    }

    private static void pause(CompletableFuture<JobResult> ended) throws Exception {
        if (ended.isDone()) {
            throw new IOException("the job has ended: "
                    + ended.get()
                            .getSerializedThrowable()
                            .map(Throwable::getMessage)
                            .orElse("without a word"));
        }
        Thread.sleep(BETWEEN_LOOKS_MILLIS);
    }

    private static long processCpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
