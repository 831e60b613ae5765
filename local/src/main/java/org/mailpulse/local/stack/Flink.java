package org.mailpulse.local.stack;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** A Flink cluster in this process that runs one job. */
final class Flink implements Closeable {
    private static final long REPLY_SECONDS = 5;

    private final MiniCluster cluster;
    private final JobID job;

    private Flink(MiniCluster cluster, JobID job) {
        this.cluster = cluster;
        this.job = job;
    }

    /**
     * @param slots what the job takes
     * @param folder for temporary files
     */
    static Flink start(StreamGraph graph, int slots, Path folder) throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
        // Counters come with heartbeats, and somebody watches them.
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(2));
        // Without its only task manager the job would wait, and we with it.
        configuration.set(JobManagerOptions.SLOT_REQUEST_TIMEOUT, Duration.ofSeconds(20));
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
        cluster.start();
        try {
            JobID job = cluster.submitJob(graph.getJobGraph()).get().getJobID();
            return new Flink(cluster, job);
        } catch (Exception e) {
            cluster.close();
            throw e;
        }
    }

    /** Completes when the job has ended, for whatever reason. */
    CompletableFuture<JobResult> ended() {
        return cluster.requestJobResult(job);
    }

    /** What a counter of the job has come to, as far as it has been reported; 0 where it is not known yet. */
    long counter(String name) {
        try {
            Object value = cluster.getExecutionGraph(job)
                    .get(REPLY_SECONDS, TimeUnit.SECONDS)
                    .getAccumulatorsSerialized()
                    .get(name)
                    .deserializeValue(Flink.class.getClassLoader())
                    .getUnchecked();
            return ((Number) value).longValue();
        } catch (Exception e) {
            return 0; // it is only for those who watch
        }
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
