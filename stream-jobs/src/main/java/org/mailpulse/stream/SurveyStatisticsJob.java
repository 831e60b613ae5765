package org.mailpulse.stream;

import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.stream.intake.ClockWatermarks;
import org.mailpulse.stream.intake.RawRecord;
import org.mailpulse.stream.intake.RawRecords;
import org.mailpulse.stream.rejudge.RejudgeException;

/** Observations and handshakes in, verdicts and exact rollups out; see the package's diagram. */
public final class SurveyStatisticsJob {
    public static final String NAME = "mailpulse-survey-statistics";

    /** Offsets are committed under this consumer group, for whoever watches the job; the job itself never reads them. */
    public static final String GROUP = NAME;

    private SurveyStatisticsJob() {}

    /**
     * Runs the job on the cluster that calls it, or {@link RejudgeJob}; {@code --help} tells the options. Exit code 2: bad
     * options; 1: there is not what should be judged again.
     */
    public static void main(String[] args) throws Exception {
        try {
            JobOrder order = JobArguments.parse(args, System.getenv());
            if (order != null && order.rejudge() != null) {
                RejudgeJob.run(order.settings(), order.rejudge());
            } else if (order != null) {
                environment(order.settings()).execute(NAME);
            }
        } catch (IllegalArgumentException e) {
            System.err.println(NAME + ": " + e.getMessage() + "; see --help");
            System.exit(2);
        } catch (RejudgeException e) {
            System.err.println(NAME + ": " + e.getMessage());
            System.exit(1);
        }
    }

    /** The whole job, ready to be handed to a cluster. */
    public static StreamGraph streamGraph(JobSettings settings) {
        StreamGraph graph = environment(settings).getStreamGraph();
        graph.setJobName(NAME);
        return graph;
    }

    private static StreamExecutionEnvironment environment(JobSettings settings) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(JobConfiguration.of(settings));
        env.setParallelism(settings.parallelism());
        StatisticsGraph.define(
                source(env, settings, Topics.OBSERVATIONS),
                source(env, settings, Topics.HANDSHAKES),
                WarehouseSinks.of(settings));
        return env;
    }

    private static DataStream<RawRecord> source(StreamExecutionEnvironment env, JobSettings settings, String topic) {
        return env.fromSource(kafka(settings, topic), ClockWatermarks.strategy(), topic)
                .uid(topic)
                .setParallelism(settings.sourceParallelism());
    }

    /**
     * A job without state must see every record, or its sums would be those of a part: it starts at the beginning,
     * whatever offsets are committed. A job with state goes on where its checkpoint was.
     */
    private static Source<RawRecord, ?, ?> kafka(JobSettings settings, String topic) {
        return fromTheBeginning(settings.kafka(), topic, GROUP).build();
    }

    static KafkaSourceBuilder<RawRecord> fromTheBeginning(String kafka, String topic, String group) {
        return KafkaSource.<RawRecord>builder()
                .setBootstrapServers(kafka)
                .setTopics(topic)
                .setGroupId(group)
                .setClientIdPrefix(group + "-" + topic)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new RawRecords())
                .setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    }
}
