package org.mailpulse.stream;

import java.time.Duration;
import java.util.Map;
import org.mailpulse.model.verdict.Method;
import org.mailpulse.stream.rejudge.RecordSource;
import org.mailpulse.stream.rejudge.RejudgeRequest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of the job on a cluster. The password comes from the environment, where a list of processes does not show it. */
@Command(
        name = SurveyStatisticsJob.NAME,
        description = "Counts a survey's observations: Kafka to ClickHouse.",
        footer = "The password for ClickHouse is read from " + JobArguments.PASSWORD + ".",
        sortOptions = false)
final class JobArguments {
    static final String PASSWORD = "MAILPULSE_CLICKHOUSE_PASSWORD";

    @Option(names = "--kafka", required = true, paramLabel = "HOST:PORT", description = "bootstrap servers")
    private String kafka;

    @Option(
            names = "--clickhouse",
            required = true,
            paramLabel = "URL",
            description = "jdbc:clickhouse://HOST:PORT/DATABASE")
    private String clickhouse;

    @Option(names = "--clickhouse-user", paramLabel = "NAME", defaultValue = "", description = "none by default")
    private String user;

    @Option(names = "--parallelism", paramLabel = "N", defaultValue = "1", description = "task slots; 1 by default")
    private int parallelism;

    @Option(
            names = "--source-parallelism",
            paramLabel = "N",
            description = "readers of a topic, at most its partitions; as --parallelism by default")
    private Integer sourceParallelism;

    @Option(names = "--checkpoint-dir", paramLabel = "URI", description = "by default the cluster's own")
    private String checkpointDir;

    @Option(names = "--checkpoint-seconds", paramLabel = "N", defaultValue = "30", description = "30 by default")
    private int checkpointSeconds;

    @Option(names = "--restore-from", paramLabel = "URI", description = "a retained checkpoint or savepoint")
    private String restoreFrom;

    @Option(
            names = "--no-archive",
            description = "do not keep the records as they came; then they can be judged again from Kafka only")
    private boolean noArchive;

    @Option(
            names = "--rejudge",
            paramLabel = "N",
            description =
                    "do not count day by day, but judge surveys that have ended again by version N of the method, and end")
    private Integer rejudge;

    @Option(
            names = "--from",
            paramLabel = "SURVEY",
            description = "with --rejudge: the first one; by default the oldest")
    private String from;

    @Option(names = "--to", paramLabel = "SURVEY", description = "with --rejudge: the last one; by default the newest")
    private String to;

    @Option(
            names = "--source",
            paramLabel = "WHERE",
            defaultValue = "auto",
            description = "with --rejudge: archive, kafka or auto; auto by default")
    private String source;

    @Option(names = "--help", usageHelp = true, description = "show this and stop")
    private boolean help;

    private JobArguments() {}

    /**
     * @return null where only help was asked for, and given
     * @throws IllegalArgumentException with one line for the user
     */
    static JobOrder parse(String[] args, Map<String, String> environment) {
        JobArguments arguments = new JobArguments();
        CommandLine command = new CommandLine(arguments);
        try {
            command.parseArgs(args);
        } catch (ParameterException e) {
            throw new IllegalArgumentException(
                    e.getMessage().lines().findFirst().orElse("bad options"), e);
        }
        if (command.isUsageHelpRequested()) {
            command.usage(System.out);
            return null;
        }
        return new JobOrder(arguments.settings(environment.get(PASSWORD)), arguments.request());
    }

    private RejudgeRequest request() {
        if (rejudge != null) {
            return new RejudgeRequest(Method.of(rejudge), from, to, RecordSource.named(source));
        }
        if (from != null || to != null || !source.equals("auto")) {
            throw new IllegalArgumentException("--from, --to and --source go with --rejudge");
        }
        return null;
    }

    private JobSettings settings(String password) {
        return new JobSettings(
                kafka,
                clickhouse,
                user,
                password,
                parallelism,
                sourceParallelism == null ? parallelism : sourceParallelism,
                checkpointDir,
                Duration.ofSeconds(checkpointSeconds),
                restoreFrom,
                0,
                !noArchive);
    }
}
