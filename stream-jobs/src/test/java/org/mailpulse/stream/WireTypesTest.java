package org.mailpulse.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.rollup.Change;
import org.mailpulse.model.rollup.Comparison;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.rollup.HostRollupKey;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.rollup.VerdictDigest;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.Method;
import org.mailpulse.stream.count.Cell;
import org.mailpulse.stream.count.Correction;
import org.mailpulse.stream.count.Counted;
import org.mailpulse.stream.count.CountedHost;
import org.mailpulse.stream.count.HostsInUse;
import org.mailpulse.stream.count.UsedBy;
import org.mailpulse.stream.intake.Closing;
import org.mailpulse.stream.intake.JudgedDomain;
import org.mailpulse.stream.intake.JudgedHost;
import org.mailpulse.stream.intake.PartitionClosing;
import org.mailpulse.stream.intake.Rank;
import org.mailpulse.stream.rejudge.ArchiveSlice;
import org.mailpulse.stream.rejudge.RecordSource;
import org.mailpulse.stream.rejudge.RejudgePlan;
import org.mailpulse.stream.vantage.DomainInSurvey;
import org.mailpulse.stream.vantage.EndpointInSurvey;
import org.mailpulse.warehouse.Archive;

class WireTypesTest {
    private static final Map<String, List<String>> VANTAGES =
            Map.of("2026-10", List.of("oslo"), "2026-11", List.of("oslo"), "2026-12", List.of("bergen", "oslo"));

    static Stream<StreamGraph> graphs() {
        JobSettings settings = JobSettingsTest.settings();
        return Stream.concat(
                Stream.of(SurveyStatisticsJob.streamGraph(settings)),
                Arrays.stream(RecordSource.values())
                        .map(source -> new RejudgePlan(
                                Method.V1,
                                "2026-10",
                                List.of("2026-11", "2026-12"),
                                List.of(),
                                VANTAGES,
                                source,
                                100_000))
                        .map(plan -> RejudgeJob.streamGraph(settings, plan)));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void everyRecordBetweenOperatorsIsWrittenByFlinksOwnPojoSerializer(StreamGraph graph) {
        List<String> others = new ArrayList<>();
        int edges = 0;
        for (StreamNode node : graph.getStreamNodes()) {
            for (StreamEdge edge : node.getOutEdges()) {
                edges++;
                TypeSerializer<?> serializer = edge.getOutputTag() == null
                        ? node.getTypeSerializerOut()
                        : edge.getOutputTag().getTypeInfo().createSerializer(new SerializerConfigImpl());
                boolean committable = node.getOperatorName().endsWith(": Writer"); // the JDBC sink's own, versioned
                if (!committable && !(serializer instanceof PojoSerializer)) {
                    others.add(edge + " by " + serializer);
                }
            }
        }

        assertThat(edges).isGreaterThan(10);
        assertThat(others).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("records")
    void recordsAndStateComeBackAsTheyWereWritten(Object record) throws IOException {
        assertThat(roundTrip(record)).isEqualTo(record);
    }

    static Stream<Object> records() {
        List<Observation> some = Fixtures.observations(7, 40, 40, "2026-11");
        RandomSurvey random = new RandomSurvey(8);
        List<Comparison> compared = List.of(
                new Comparison("2026-12", "2026-11", "oslo", "a.no", digest(some.get(0)), digest(some.get(1))),
                new Comparison("2026-12", "2026-11", "oslo", "a.no", null, digest(some.get(2))),
                new Comparison("2026-12", null, "oslo", "a.no", digest(some.get(3)), null));
        Rank rank = new Rank(Instant.parse("2026-11-02T03:04:05.123456789Z"), -1);
        Stream<JudgedDomain> domains = some.stream().map(Fixtures::judged);
        Stream<JudgedHost> hosts = Stream.generate(() -> Fixtures.judged(random.handshake("2026-11", "oslo", 3)))
                .limit(40);
        return Stream.of(
                        domains,
                        some.stream()
                                .map(seen -> Counts.of(Fixtures.judged(seen).verdict())),
                        some.stream()
                                .map(seen -> RollupKey.cellsOf("2026-11", "oslo", digest(seen))
                                        .get(0)),
                        some.stream().map(seen -> new Counted(digest(seen), rank, HostDigest.of(seen))),
                        some.stream().map(seen -> new Correction(digest(seen), digest(seen), verdict(seen))),
                        compared.stream(),
                        some.stream().map(seen -> new HostsInUse("2026-11", "oslo", digest(seen), HostDigest.of(seen))),
                        some.stream()
                                .map(seen -> HostRollupKey.cellsOf("2026-11", "oslo", List.of("p"), "no", "x", 2)
                                        .get(0)),
                        Stream.of(new CountedHost(
                                some.stream()
                                        .flatMap(seen -> HostDigest.of(seen).stream())
                                        .findFirst()
                                        .orElseThrow(),
                                Set.copyOf(HostRollupKey.cellsOf("2026-11", "oslo", List.of("p"), "no", "x", 2)),
                                List.of(new UsedBy(List.of("p", "q"), "no", "x")))),
                        compared.stream().flatMap(one -> one.transitions().stream()),
                        compared.stream().flatMap(one -> Change.of(one).stream()),
                        Stream.of(new Closing("2026-11", List.of("oslo")), new PartitionClosing(3, 17)),
                        Stream.of(new Cell(Counts.ZERO, 7)),
                        hosts,
                        Stream.of(
                                rank,
                                new Rank(null, 5),
                                new DomainInSurvey("2026-11", "a.no"),
                                new EndpointInSurvey("2026-11", "mx.a.no", "192.0.2.1")),
                        Stream.of(new ArchiveSlice(Archive.Records.HANDSHAKES, "2026-11", 3, 7, List.of("oslo"))))
                .flatMap(any -> any);
    }

    private static DomainVerdict verdict(Observation seen) {
        return Fixtures.judged(seen).verdict();
    }

    private static VerdictDigest digest(Observation seen) {
        return VerdictDigest.of(verdict(seen));
    }

    private static Object roundTrip(Object record) throws IOException {
        SerializerConfigImpl strict = new SerializerConfigImpl();
        strict.setGenericTypes(false);
        @SuppressWarnings("unchecked") // of its own class
        TypeInformation<Object> type = (TypeInformation<Object>) TypeInformation.of(record.getClass());
        assertThat(type).isInstanceOf(PojoTypeInfo.class);
        TypeSerializer<Object> serializer = type.createSerializer(strict);
        DataOutputSerializer out = new DataOutputSerializer(512);
        serializer.serialize(record, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
