package org.mailpulse.stream;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;

/** How Flink runs the job; whatever is not said here is the cluster's own business. */
public final class JobConfiguration {
    private JobConfiguration() {}

    /**
     * For a run over what is history. It keeps no checkpoints: whatever it has written, it writes again when it begins again, and
     * the rows are the same. So no cell has to be written before it is complete.
     */
    static Configuration ofRejudging(JobSettings settings) {
        Configuration configuration = new Configuration();
        pipeline(configuration, RejudgeJob.NAME);
        if (settings.restartAttempts() > 0) {
            restarts(configuration, settings.restartAttempts());
        }
        return configuration;
    }

    public static Configuration of(JobSettings settings) {
        Configuration configuration = new Configuration();
        pipeline(configuration, SurveyStatisticsJob.NAME);
        checkpoints(configuration, settings);
        if (settings.restartAttempts() > 0) {
            restarts(configuration, settings.restartAttempts());
        }
        return configuration;
    }

    private static void pipeline(Configuration configuration, String name) {
        configuration.set(PipelineOptions.NAME, name);
        // Kryo is slow and cannot read what an older release wrote: better no job than that.
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        // State finds its operator by uid; one that is made up changes with the graph.
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        // All records are immutable, so nobody needs a copy of his own.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.MAX_PARALLELISM, JobSettings.maxParallelism());
        // In RocksDB most of what is looked for is not there: the domain is new to the survey. Filters that are not in
        // parts
        // push each other out of a small cache, and then each look reads a megabyte.
        configuration.setString("state.backend.rocksdb.use-bloom-filter", "true");
        configuration.setString("state.backend.rocksdb.memory.partitioned-index-filters", "true");
    }

    private static void checkpoints(Configuration configuration, JobSettings settings) {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval());
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        // Event time would differ from one instance to the next in an unaligned one, see NewestVerdict.
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(5));
        // A warehouse that is away for a moment delays a checkpoint; the next one will do.
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2);
        if (settings.checkpointDir() != null) {
            configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
            configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, Checkpoints.folder(settings.checkpointDir()));
        }
        if (settings.restoreFrom() != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, settings.restoreFrom());
            // The old checkpoint becomes ours: it is deleted when a newer one has taken its place.
            configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
        }
    }

    private static void restarts(Configuration configuration, int attempts) {
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY,
                RestartStrategyOptions.RestartStrategyType.EXPONENTIAL_DELAY.getMainValue());
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofSeconds(1));
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(10));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 1.5);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofMinutes(1));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, attempts);
    }
}
