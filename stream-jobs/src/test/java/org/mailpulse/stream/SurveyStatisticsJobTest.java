package org.mailpulse.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.rollup.Comparison;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.HostRollupKey;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.rollup.TransitionKey;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.stream.intake.Aside;
import org.mailpulse.stream.intake.RawRecord;
import org.mailpulse.warehouse.ArchivedObservation;
import org.mailpulse.warehouse.HostRollupRow;
import org.mailpulse.warehouse.RollupRow;
import org.mailpulse.warehouse.TransitionRow;

/** The whole graph on a Flink cluster, against a computation in plain Java. */
@Timeout(120)
class SurveyStatisticsJobTest {
    private static final int PARTITIONS = 3;
    private static final int DOMAINS = 800;

    @TempDir
    static Path folder;

    @RegisterExtension
    static final MiniClusterExtension FLINK = TestCluster.ofSlots(2, () -> folder);

    private final MemoryTables tables = new MemoryTables();

    /** Two surveys, interleaved, with re-probes, duplicates, replays and changes of order; the job fails in between. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void tablesAreThoseOfABruteForceComputation(long seed) throws Exception {
        RandomSurvey random = new RandomSurvey(seed);
        List<Observation> november = shuffled(seed, observations(random, "2026-11"));
        List<Observation> december = shuffled(seed, observations(random, "2026-12"));
        List<Handshake> handshakes = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            handshakes.add(random.handshake("2026-1" + (1 + i % 2), "oslo", i % 150));
        }

        List<Partition> topic = topic(november, december);
        Partition handshakeTopic = new Partition(0);
        random.withDuplicates(handshakes).forEach(seen -> handshakeTopic.add(Fixtures.raw(seen)));
        FailsOnPurpose failures = new FailsOnPurpose(1);
        run(topic, handshakeTopic, failures);

        List<Observation> all = new ArrayList<>(november);
        all.addAll(december);
        Collection<DomainVerdict> expected = BruteForce.verdicts(all);
        assertThat(failures.failuresLeft()).isZero();
        assertThat(last(tables.verdicts, v -> List.of(v.survey(), v.vantage(), v.domain())))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(BruteForce.byCell(newestVersions())).isEqualTo(BruteForce.rollups(expected));
        assertThat(newestHostCells()).isEqualTo(BruteForce.hostRollups(all));
        Collection<Comparison> compared = BruteForce.comparisons(expected);
        assertThat(moves()).isEqualTo(BruteForce.transitions(compared));
        assertThat(new HashSet<>(tables.changes.received())).isEqualTo(BruteForce.changes(compared));
        assertThat(last(tables.hosts, h -> List.of(h.survey(), h.vantage(), h.mxHost(), h.address())))
                .containsExactlyInAnyOrderElementsOf(BruteForce.hosts(handshakes));
        assertThat(tables.aside.received()).isEmpty();
        assertThat(newestArchived())
                .containsExactlyInAnyOrderElementsOf(BruteForce.newest(all).stream()
                        .map(seen -> new String(Wire.write(seen), StandardCharsets.UTF_8))
                        .toList());
        assertThat(tables.archivedHandshakes.received().size()).isGreaterThanOrEqualTo(handshakes.size());
    }

    /** One survey from one vantage point after another, the next from two that are compared, interleaved. */
    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void surveysFromSeveralVantagePointsAreComparedAndHaveAConsensus(long seed) throws Exception {
        RandomSurvey alone = new RandomSurvey(seed);
        RandomSurvey both = new RandomSurvey(seed, List.of("bergen", "oslo"));
        List<Observation> november = shuffled(seed, observations(alone, "2026-11"));
        List<Observation> december = new ArrayList<>(observations(both, "2026-12"));
        for (int i = 0; i < DOMAINS; i++) { // so that many are seen from both
            december.add(both.observation("2026-12", i % 2 == 0 ? "oslo" : "bergen", i));
        }
        december = shuffled(seed, december);
        List<Handshake> handshakes = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            handshakes.add(
                    i % 2 == 0
                            ? alone.handshake("2026-11", "oslo", i % 150)
                            : both.handshake("2026-12", i % 3 == 0 ? "oslo" : "bergen", i % 150));
        }
        Partition handshakeTopic = new Partition(0);
        both.withDuplicates(handshakes).forEach(seen -> handshakeTopic.add(Fixtures.raw(seen)));

        FailsOnPurpose failures = new FailsOnPurpose(1);
        run(topic(november, december), handshakeTopic, failures);

        List<Observation> all = new ArrayList<>(november);
        all.addAll(december);
        Collection<DomainVerdict> expected = BruteForce.verdicts(all);
        assertThat(failures.failuresLeft()).isZero();
        assertThat(expected).extracting(DomainVerdict::vantage).contains("bergen", "oslo", "consensus");
        assertThat(expected).extracting(DomainVerdict::vantagesDisagree).contains(true, false, null);
        assertThat(last(tables.verdicts, v -> List.of(v.survey(), v.vantage(), v.domain())))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(BruteForce.byCell(newestVersions())).isEqualTo(BruteForce.rollups(expected));
        Collection<HostVerdict> expectedHosts = BruteForce.hosts(handshakes);
        assertThat(expectedHosts).extracting(HostVerdict::reason).contains(Reason.OFFERED_ELSEWHERE);
        assertThat(last(tables.hosts, h -> List.of(h.survey(), h.vantage(), h.mxHost(), h.address())))
                .containsExactlyInAnyOrderElementsOf(expectedHosts);
        assertThat(tables.aside.received()).isEmpty();
    }

    @Test
    void badRecordsStopNothingAndAreSetAside() throws Exception {
        Partition topic = new Partition(0);
        Observation good = Fixtures.observations(5, 1, 1, "2026-11").get(0);
        topic.add(new RawRecord("t", 0, 0, "garbage".getBytes(StandardCharsets.UTF_8), false));
        topic.add(new RawRecord("t", 0, 1, "garbage".getBytes(StandardCharsets.UTF_8), true));
        topic.add(new RawRecord("t", 0, 2, null, false));
        topic.add(Fixtures.raw(good));
        Partition handshakes = new Partition(0);
        handshakes.add(new RawRecord("h", 0, 0, new byte[0], false));

        run(List.of(topic), handshakes, new FailsOnPurpose(0));

        assertThat(tables.verdicts.received())
                .containsExactly(Fixtures.judged(good).verdict());
        assertThat(tables.aside.received())
                .extracting(Aside::cause)
                .containsExactlyInAnyOrder(
                        Aside.Cause.BAD_OBSERVATION,
                        Aside.Cause.BAD_CLOCK,
                        Aside.Cause.BAD_OBSERVATION,
                        Aside.Cause.BAD_HANDSHAKE);
    }

    /** So that it does not matter which partition is read faster. */
    @Test
    void aSurveyIsOpenOnAPartitionUntilItsClockHasComeThroughIt() throws Exception {
        List<Observation> seen = Fixtures.observations(6, 2, 2, "2026-11");
        Partition first = new Partition(0);
        first.add(Fixtures.clock("2026-11"));
        first.add(Fixtures.raw(seen.get(0)));
        Partition second = new Partition(1);
        for (int i = 0; i < 500; i++) {
            second.add(Fixtures.raw(seen.get(1))); // a second, while the first partition is through
        }

        run(List.of(first, second), handshake(), new FailsOnPurpose(0));

        assertThat(tables.verdicts.received())
                .containsExactly(Fixtures.judged(seen.get(1)).verdict());
        assertThat(tables.aside.received()).extracting(Aside::place).containsExactly("mailpulse.observations-0@1");
    }

    @Test
    void whatComesAfterTheClockIsLate() throws Exception {
        List<Observation> seen = Fixtures.observations(6, 2, 2, "2026-11");
        Partition only = new Partition(0);
        only.add(Fixtures.raw(seen.get(0)));
        only.add(Fixtures.clock("2026-11"));
        only.add(Fixtures.clock("2026-11"));
        only.add(Fixtures.raw(seen.get(1)));

        run(List.of(only), handshake(), new FailsOnPurpose(0));

        assertThat(tables.verdicts.received())
                .containsExactly(Fixtures.judged(seen.get(0)).verdict());
        assertThat(tables.aside.received()).extracting(Aside::cause).containsExactly(Aside.Cause.LATE);
        assertThat(tables.archivedObservations.received())
                .as("what is late must not win when the archive is judged")
                .extracting(ArchivedObservation::json)
                .containsExactly(Wire.write(seen.get(0)));
    }

    private void run(List<Partition> topic, Partition handshakes, FailsOnPurpose failures) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        JobSettings settings = new JobSettings(
                "unused:1",
                "jdbc:clickhouse://unused/unused",
                "",
                "",
                2,
                1,
                folder.toUri().toString(),
                Duration.ofMillis(200),
                null,
                20,
                false);
        env.configure(JobConfiguration.of(settings));
        env.setParallelism(2);
        DataStream<RawRecord> observations = topic.stream()
                .map(partition -> partition.read(env, 500))
                .reduce(DataStream::union)
                .orElseThrow()
                .map(failures)
                .setParallelism(1)
                .uid("failures");
        StatisticsGraph.define(observations, handshakes.read(env, 1_000), tables.sinks());
        env.execute();
    }

    private static Partition handshake() {
        Partition handshakes = new Partition(0);
        handshakes.add(Fixtures.raw(new RandomSurvey(1).handshake("2026-11", "oslo", 1)));
        return handshakes;
    }

    private static List<Observation> observations(RandomSurvey random, String survey) {
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 2 * DOMAINS; i++) {
            observations.add(random.observation(survey, i % 3 == 0 ? "oslo" : "bergen", i % DOMAINS));
        }
        return random.withDuplicates(observations);
    }

    private static <T> List<T> shuffled(long seed, List<T> list) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    /** The last of November comes amid December; after the clocks there are replays, and the clocks are repeated. */
    private static List<Partition> topic(List<Observation> november, List<Observation> december) {
        List<Observation> overlapping = shuffled(1, december.subList(0, december.size() / 2));
        List<Partition> topic = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            topic.add(new Partition(partition));
        }
        write(topic, november.subList(0, november.size() / 2));
        List<Observation> mixed = new ArrayList<>(november.subList(november.size() / 2, november.size()));
        mixed.addAll(overlapping);
        write(topic, shuffled(2, mixed));
        topic.forEach(partition -> partition.add(Fixtures.clock("2026-11")));
        write(topic, november.subList(0, 200));
        write(topic, december.subList(december.size() / 2, december.size()));
        topic.forEach(partition -> partition.add(Fixtures.clock("2026-11")));
        topic.forEach(partition -> partition.add(Fixtures.clock("2026-12")));
        write(topic, december.subList(0, 200));
        return topic;
    }

    private static void write(List<Partition> topic, List<Observation> observations) {
        for (Observation seen : observations) {
            topic.get(Math.floorMod(seen.domain().hashCode(), topic.size())).add(Fixtures.raw(seen));
        }
    }

    private static <T, K> Collection<T> last(MemorySink<T> sink, Function<T, K> key) {
        Map<K, T> last = new HashMap<>();
        sink.received().forEach(row -> last.put(key.apply(row), row));
        return last.values();
    }

    /** As the table keeps it. */
    private List<String> newestArchived() {
        Map<List<String>, ArchivedObservation> newest = new HashMap<>();
        for (ArchivedObservation one : tables.archivedObservations.received()) {
            newest.merge(
                    List.of(one.survey(), one.vantage(), one.domain()),
                    one,
                    BinaryOperator.maxBy(Comparator.comparing(ArchivedObservation::observedAt)
                            .thenComparing(ArchivedObservation::fingerprint)));
        }
        return newest.values().stream()
                .map(one -> new String(one.json(), StandardCharsets.UTF_8))
                .toList();
    }

    private Map<HostRollupKey, Counts> newestHostCells() {
        Map<HostRollupKey, HostRollupRow> newest = new HashMap<>();
        for (HostRollupRow row : tables.hostRollups.received()) {
            newest.merge(row.key(), row, (a, b) -> a.version() >= b.version() ? a : b);
        }
        Map<HostRollupKey, Counts> counts = new HashMap<>();
        newest.forEach((key, row) -> counts.put(key, row.counts()));
        return counts;
    }

    private Map<TransitionKey, Long> moves() {
        Map<TransitionKey, TransitionRow> newest = new HashMap<>();
        for (TransitionRow row : tables.transitions.received()) {
            newest.merge(row.key(), row, (a, b) -> a.version() >= b.version() ? a : b);
        }
        Map<TransitionKey, Long> moves = new HashMap<>();
        newest.forEach((key, row) -> moves.put(key, row.domains()));
        return moves;
    }

    private Map<RollupKey, Counts> newestVersions() {
        Map<RollupKey, RollupRow> newest = new HashMap<>();
        for (RollupRow row : tables.rollups.received()) {
            newest.merge(row.key(), row, (a, b) -> a.version() >= b.version() ? a : b);
        }
        Map<RollupKey, Counts> counts = new HashMap<>();
        newest.forEach((key, row) -> counts.put(key, row.counts()));
        return counts;
    }
}
