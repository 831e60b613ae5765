package org.mailpulse.local.stack;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.mailpulse.stream.JobSettings;
import org.mailpulse.stream.SurveyStatisticsJob;

/** A Flink cluster in this process that runs the statistics job. */
final class Flink implements Closeable {
    private final MiniCluster cluster;
    private final JobID job;

    private Flink(MiniCluster cluster, JobID job) {
        this.cluster = cluster;
        this.job = job;
    }

    /** @param folder for checkpoints and temporary files */
    static Flink start(JobSettings settings, Path folder) throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
        // Without its only task manager the job would wait, and we with it.
        configuration.set(JobManagerOptions.SLOT_REQUEST_TIMEOUT, Duration.ofSeconds(20));
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(settings.parallelism())
                .build());
        cluster.start();
        try {
            JobID job = cluster.submitJob(
                            SurveyStatisticsJob.streamGraph(settings).getJobGraph())
                    .get()
                    .getJobID();
            return new Flink(cluster, job);
        } catch (Exception e) {
            cluster.close();
            throw e;
        }
    }

    /** Completes when the job has ended, for whatever reason: it never should by itself. */
    CompletableFuture<JobResult> ended() {
        return cluster.requestJobResult(job);
    }

    @Override
    public void close() throws IOException {
        try {
            cluster.close();
        } catch (Exception e) {
            throw new IOException("the Flink cluster did not stop: " + e.getMessage(), e);
        }
    }
}
