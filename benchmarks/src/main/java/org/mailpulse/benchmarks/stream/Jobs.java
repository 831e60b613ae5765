package org.mailpulse.benchmarks.stream;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.stream.JobConfiguration;
import org.mailpulse.stream.JobSettings;
import org.mailpulse.stream.Sinks;
import org.mailpulse.stream.StatisticsGraph;
import org.mailpulse.stream.WarehouseSinks;
import org.mailpulse.stream.count.DomainKey;
import org.mailpulse.stream.intake.ClockWatermarks;
import org.mailpulse.stream.intake.RawRecord;

/** The statistics job and its peers, with the same source and the same settings. */
final class Jobs {
    private Jobs() {}

    static JobGraph graph(Variant variant, JobSettings settings) {
        Configuration configuration = JobConfiguration.of(settings);
        configuration.set(StateBackendOptions.STATE_BACKEND, variant.stateBackend());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(settings.parallelism());
        DataStream<RawRecord> observations = source(env, settings, Topics.OBSERVATIONS);
        if (variant.countsDomains()) {
            StatisticsGraph.define(observations, source(env, settings, Topics.HANDSHAKES), sinks(variant, settings));
        } else {
            (variant == Variant.KEYED ? oncePerDomain(observations) : decoded(observations))
                    .sinkTo(new DiscardingSink<>())
                    .uid("nothing");
        }
        return env.getStreamGraph().getJobGraph();
    }

    private static DataStream<Long> decoded(DataStream<RawRecord> observations) {
        return observations.process(new Decode()).uid("decode");
    }

    private static DataStream<Long> oncePerDomain(DataStream<RawRecord> observations) {
        return observations
                .process(new DecodeToSeen())
                .uid("decode")
                .keyBy(seen -> new DomainKey(seen.vantage(), seen.domain()), TypeInformation.of(DomainKey.class))
                .process(new OncePerDomain())
                .uid("once-per-domain");
    }

    private static Sinks sinks(Variant variant, JobSettings settings) {
        Sinks all = WarehouseSinks.of(settings);
        return variant.writesVerdicts()
                ? all
                : new Sinks(
                        new DiscardingSink<>(),
                        all.hosts(),
                        all.rollups(),
                        all.hostRollups(),
                        all.transitions(),
                        all.changes(),
                        all.aside());
    }

    private static DataStream<RawRecord> source(StreamExecutionEnvironment env, JobSettings settings, String topic) {
        KafkaSource<RawRecord> kafka = KafkaSource.<RawRecord>builder()
                .setBootstrapServers(settings.kafka())
                .setTopics(topic)
                .setGroupId("benchmark")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new CountedRecords())
                .build();
        return env.fromSource(kafka, ClockWatermarks.strategy(), topic).uid(topic);
    }
}
