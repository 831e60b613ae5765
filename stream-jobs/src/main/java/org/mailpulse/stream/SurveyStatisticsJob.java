package org.mailpulse.stream;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.stream.count.Correction;
import org.mailpulse.stream.count.DomainKey;
import org.mailpulse.stream.count.HostKey;
import org.mailpulse.stream.count.LocalSums;
import org.mailpulse.stream.count.NewestHost;
import org.mailpulse.stream.count.NewestVerdict;
import org.mailpulse.stream.count.RollupCells;
import org.mailpulse.stream.count.RollupDelta;
import org.mailpulse.stream.intake.Aside;
import org.mailpulse.stream.intake.ClockWatermarks;
import org.mailpulse.stream.intake.JudgeHandshakes;
import org.mailpulse.stream.intake.JudgeObservations;
import org.mailpulse.stream.intake.JudgedDomain;
import org.mailpulse.stream.intake.JudgedHost;
import org.mailpulse.stream.intake.RawRecord;
import org.mailpulse.stream.intake.RawRecords;
import org.mailpulse.stream.intake.Sighting;
import org.mailpulse.stream.vantage.CompareHosts;
import org.mailpulse.stream.vantage.CompareObservations;
import org.mailpulse.stream.vantage.DomainInSurvey;
import org.mailpulse.stream.vantage.EndpointInSurvey;
import org.mailpulse.warehouse.RollupRow;

/** Observations and handshakes in, verdicts and exact rollups out; see the package's diagram. */
public final class SurveyStatisticsJob {
    public static final String NAME = "mailpulse-survey-statistics";

    /** Offsets are committed under this consumer group, for whoever watches the job; the job itself never reads them. */
    public static final String GROUP = NAME;

    private static final long LOCAL_PATIENCE_MILLIS = 250;
    private static final long CELL_PATIENCE_MILLIS = 1_000;

    private SurveyStatisticsJob() {}

    /** Runs the job on the cluster that calls it; {@code --help} tells the options. Exit code 2: bad options. */
    public static void main(String[] args) throws Exception {
        JobSettings settings;
        try {
            settings = JobArguments.parse(args, System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(NAME + ": " + e.getMessage() + "; see --help");
            System.exit(2);
            return;
        }
        if (settings != null) {
            environment(settings).execute(NAME);
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
        define(
                source(env, settings, Topics.OBSERVATIONS),
                source(env, settings, Topics.HANDSHAKES),
                WarehouseSinks.of(settings));
        return env;
    }

    /**
     * The graph between its ends.
     *
     * @param observations with the watermarks of {@link ClockWatermarks}
     */
    public static void define(DataStream<RawRecord> observations, DataStream<RawRecord> handshakes, Sinks sinks) {
        SingleOutputStreamOperator<JudgedDomain> domains = observations
                .process(new JudgeObservations())
                .setParallelism(observations.getParallelism())
                .uid("judge-observations")
                .name("judge observations");
        SingleOutputStreamOperator<JudgedDomain> compared = compared(domains.getSideOutput(Sighting.TAG));
        SingleOutputStreamOperator<Correction> corrections = domains.union(compared)
                .keyBy(
                        judged -> new DomainKey(
                                judged.verdict().vantage(), judged.verdict().domain()),
                        TypeInformation.of(DomainKey.class))
                .transform("newest verdict", TypeInformation.of(Correction.class), new NewestVerdict())
                .uid("newest-verdict");
        corrections
                .map(Correction::now)
                .uid("verdict-rows")
                .sinkTo(sinks.verdicts())
                .uid("verdicts")
                .name("verdicts");
        rollups(corrections).sinkTo(sinks.rollups()).uid("rollups").name("rollups");

        SingleOutputStreamOperator<JudgedHost> hosts = handshakes
                .process(new JudgeHandshakes())
                .setParallelism(handshakes.getParallelism())
                .uid("judge-handshakes")
                .name("judge handshakes");
        newest(hosts.union(comparedHosts(hosts.getSideOutput(JudgedHost.AMONG_SEVERAL))))
                .sinkTo(sinks.hosts())
                .uid("hosts")
                .name("hosts");

        domains.getSideOutput(Aside.TAG)
                .union(
                        compared.getSideOutput(Aside.TAG),
                        corrections.getSideOutput(Aside.TAG),
                        hosts.getSideOutput(Aside.TAG))
                .sinkTo(sinks.aside())
                .uid("aside")
                .name("aside");
    }

    /** Surveys from one vantage point pass by, and cost nothing here. */
    private static SingleOutputStreamOperator<JudgedDomain> compared(DataStream<Sighting> sightings) {
        return sightings
                .keyBy(
                        seen -> new DomainInSurvey(seen.survey(), seen.domain()),
                        TypeInformation.of(DomainInSurvey.class))
                .process(new CompareObservations())
                .uid("compare-observations")
                .name("compare observations");
    }

    private static DataStream<JudgedHost> comparedHosts(DataStream<JudgedHost> hosts) {
        return hosts.keyBy(
                        judged -> new EndpointInSurvey(
                                judged.verdict().survey(),
                                judged.verdict().mxHost(),
                                judged.verdict().address()),
                        TypeInformation.of(EndpointInSurvey.class))
                .process(new CompareHosts())
                .uid("compare-hosts")
                .name("compare hosts");
    }

    private static DataStream<RollupRow> rollups(DataStream<Correction> corrections) {
        return corrections
                .<RollupDelta>flatMap((correction, out) -> correction.deltas().forEach(out::collect))
                .returns(RollupDelta.class)
                .uid("deltas")
                .name("deltas")
                .transform("local sums", TypeInformation.of(RollupDelta.class), new LocalSums(LOCAL_PATIENCE_MILLIS))
                .uid("local-sums")
                .keyBy(RollupDelta::cell)
                .transform("cells", TypeInformation.of(RollupRow.class), new RollupCells(CELL_PATIENCE_MILLIS))
                .uid("cells");
    }

    private static DataStream<HostVerdict> newest(DataStream<JudgedHost> hosts) {
        return hosts.keyBy(SurveyStatisticsJob::hostKey, TypeInformation.of(HostKey.class))
                .process(new NewestHost())
                .uid("newest-host")
                .name("newest host");
    }

    private static HostKey hostKey(JudgedHost judged) {
        HostVerdict host = judged.verdict();
        return new HostKey(host.survey(), host.vantage(), host.mxHost(), host.address());
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
        return KafkaSource.<RawRecord>builder()
                .setBootstrapServers(settings.kafka())
                .setTopics(topic)
                .setGroupId(GROUP)
                .setClientIdPrefix(GROUP + "-" + topic)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new RawRecords())
                .setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
                .build();
    }
}
