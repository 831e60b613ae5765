package org.mailpulse.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What the job must be told.
 *
 * @param kafka bootstrap servers, {@code HOST:PORT[,HOST:PORT…]}
 * @param clickhouse JDBC URL with the database, {@code jdbc:clickhouse://HOST:PORT/DATABASE}
 * @param user of ClickHouse, empty for none, as is password
 * @param parallelism at least 1; also the number of task slots that the job takes
 * @param sourceParallelism readers of a topic, 1…parallelism; not more than either topic has partitions, since a reader
 *     without a partition would hold event time back for ever
 * @param checkpointDir path or URI of the folder for checkpoints; null leaves that to the cluster
 * @param checkpointInterval at least 100 ms
 * @param restoreFrom a retained checkpoint or savepoint; null starts with nothing, at the beginning of the topics
 * @param restartAttempts failures in a row after which the job gives up; 0 leaves that to the cluster
 * @param archive whether the records are kept as they came, so that they can be judged again when the topics have been cut
 */
public record JobSettings(
        String kafka,
        String clickhouse,
        String user,
        String password,
        int parallelism,
        int sourceParallelism,
        String checkpointDir,
        Duration checkpointInterval,
        String restoreFrom,
        int restartAttempts,
        boolean archive) {

    private static final Pattern SERVERS = Pattern.compile("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*");
    private static final String JDBC = "jdbc:clickhouse:";
    private static final int MAX_PARALLELISM = 360;

    /** Rows are known to be in the tables at a checkpoint: a survey that is over waits for the next one. */
    private static final Duration LOCAL_CHECKPOINTS = Duration.ofSeconds(1);

    public JobSettings {
        check(kafka != null && SERVERS.matcher(kafka).matches(), "kafka must be HOST:PORT", kafka);
        check(
                clickhouse != null && (clickhouse.startsWith(JDBC) || clickhouse.startsWith("jdbc:ch:")),
                "clickhouse must be a URL " + JDBC + "//HOST:PORT/DATABASE",
                clickhouse);
        check(
                parallelism >= 1 && parallelism <= MAX_PARALLELISM,
                "parallelism must be 1…" + MAX_PARALLELISM,
                parallelism);
        check(
                sourceParallelism >= 1 && sourceParallelism <= parallelism,
                "source parallelism must be 1…parallelism",
                sourceParallelism);
        check(
                checkpointInterval != null && checkpointInterval.toMillis() >= 100,
                "checkpoint interval must be at least 100 ms",
                checkpointInterval);
        check(restartAttempts >= 0, "restart attempts must not be negative", restartAttempts);
        user = user == null ? "" : user;
        password = password == null ? "" : password;
    }

    /**
     * For a job on this machine: it goes on from the newest checkpoint in the folder where there is one.
     *
     * @param parallelism also that of the sources
     */
    public static JobSettings local(String kafka, String clickhouse, Path checkpointDir, int parallelism) {
        return new JobSettings(
                kafka,
                clickhouse,
                "",
                "",
                parallelism,
                parallelism,
                checkpointDir.toUri().toString(),
                LOCAL_CHECKPOINTS,
                Checkpoints.newest(checkpointDir).orElse(null),
                20,
                true);
    }

    /** For a run on this machine that ends by itself: no checkpoints, and from the beginning where something fails. */
    public static JobSettings bounded(String kafka, String clickhouse, int parallelism) {
        return new JobSettings(
                kafka, clickhouse, "", "", parallelism, parallelism, null, LOCAL_CHECKPOINTS, null, 5, false);
    }

    /** The key groups into which state is cut, for good: more machines than these cannot share the work. */
    static int maxParallelism() {
        return MAX_PARALLELISM;
    }

    private static void check(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not '" + value + "'");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "JobSettings[kafka=" + kafka + ", clickhouse=" + clickhouse + ", user=" + user + ", parallelism="
                + parallelism + ", sourceParallelism=" + sourceParallelism + ", checkpointDir=" + checkpointDir
                + ", checkpointInterval=" + checkpointInterval + ", restoreFrom=" + restoreFrom + ", restartAttempts="
                + restartAttempts + ", archive=" + archive + "]";
    }
}
