package org.mailpulse.stream;

import java.time.Duration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.stream.intake.ClockWatermarks;
import org.mailpulse.stream.intake.RawRecord;
import org.mailpulse.stream.rejudge.ArchiveStreams;
import org.mailpulse.stream.rejudge.RejudgeException;
import org.mailpulse.stream.rejudge.RejudgePlan;
import org.mailpulse.stream.rejudge.RejudgePlanner;
import org.mailpulse.stream.rejudge.RejudgeRequest;
import org.mailpulse.warehouse.Warehouse;

/**
 * Judges surveys again that have ended: the graph of {@link SurveyStatisticsJob} over bounded sources, by a method of choice. It
 * ends by itself. Its rows bear the method's number and stand beside those of others. A job that runs day by day does not notice
 * it: another consumer group, which commits nothing, and no state in common.
 *
 * <p>Each cell is written when its survey is complete, so that no part of a count ever stands in the place of the whole.
 */
public final class RejudgeJob {
    public static final String NAME = "mailpulse-rejudge";

    /** The accumulator that counts verdicts as they come; one that is corrected counts again. */
    public static final String VERDICTS = StatisticsGraph.TOLD_VERDICTS;

    private static final Duration UNTIL_THE_SURVEY_CLOSES = Duration.ofDays(10_000);

    private RejudgeJob() {}

    /**
     * Runs the job on the cluster that calls it.
     *
     * @throws IllegalArgumentException if there is no such survey
     * @throws RejudgeException if the records of a survey are not whole any more
     */
    static void run(JobSettings settings, RejudgeRequest request) throws Exception {
        Class.forName(Warehouse.DRIVER); // nobody else would load it
        String user = settings.user().isEmpty() ? null : settings.user();
        Warehouse warehouse = Warehouse.at(settings.clickhouse(), user, user == null ? null : settings.password());
        RejudgePlan plan = new RejudgePlanner(warehouse, settings.kafka()).plan(request);
        System.out.println(plan.summary());
        environment(settings, plan).execute(NAME);
    }

    /** The whole job, ready to be handed to a cluster. */
    public static StreamGraph streamGraph(JobSettings settings, RejudgePlan plan) {
        StreamGraph graph = environment(settings, plan).getStreamGraph();
        graph.setJobName(NAME);
        return graph;
    }

    static StreamExecutionEnvironment environment(JobSettings settings, RejudgePlan plan) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(JobConfiguration.ofRejudging(settings));
        env.setParallelism(settings.parallelism());
        Sinks tables = WarehouseSinks.tables(settings);
        switch (plan.source()) {
            case ARCHIVE -> {
                ArchiveStreams archive =
                        new ArchiveStreams(env, plan, settings.clickhouse(), settings.user(), settings.password());
                define(archive.observations(), archive.handshakes(), plan, tables);
            }
            case KAFKA ->
                define(
                        topic(env, settings, Topics.OBSERVATIONS),
                        topic(env, settings, Topics.HANDSHAKES),
                        plan,
                        tables);
        }
        return env;
    }

    private static void define(
            DataStream<RawRecord> observations, DataStream<RawRecord> handshakes, RejudgePlan plan, Sinks tables) {
        StatisticsGraph.define(observations, handshakes, plan.judging(), UNTIL_THE_SURVEY_CLOSES, tables);
    }

    private static DataStream<RawRecord> topic(StreamExecutionEnvironment env, JobSettings settings, String topic) {
        KafkaSource<RawRecord> source = SurveyStatisticsJob.fromTheBeginning(settings.kafka(), topic, NAME)
                .setBounded(OffsetsInitializer.latest())
                .setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false")
                .build();
        return env.fromSource(source, ClockWatermarks.strategy(), topic)
                .uid(topic)
                .setParallelism(settings.sourceParallelism());
    }
}
