package org.mailpulse.stream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.rollup.Change;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.survey.Target;
import org.mailpulse.stream.intake.RawRecord;
import org.mailpulse.warehouse.RollupRow;
import org.mailpulse.warehouse.TransitionRow;

/**
 * The state of a survey that runs, taken over by another job: with more machines, on either state backend, and from the
 * release before. Twelve domains: November is closed, of December six have been observed when the first job ends.
 */
@Timeout(180)
class StateAcrossLivesTest {
    /** Of the first layout in which domains are compared; made by {@link #keep}. */
    private static final String FIRST_LAYOUT = "/savepoints/layout-2-first";

    private static final int DOMAINS = 12;
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");

    @TempDir
    static Path folder;

    @RegisterExtension
    static final MiniClusterExtension FLINK = TestCluster.ofSlots(4, () -> folder);

    private final MemoryTables tables = new MemoryTables();

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void theJobGoesOnWithMoreMachines(String backend) throws Exception {
        String first = run(beginning(), backend, 1, null);
        keep(first);
        String second = run(middle(), backend, 2, first);
        run(end(), backend, 4, second);

        requireWhole();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void theJobGoesOnFromTheStateOfTheFirstLayout(String backend) throws Exception {
        String older = copyOf(
                Path.of(StateAcrossLivesTest.class.getResource(FIRST_LAYOUT).toURI()));
        run(middle(), backend, 2, older);
        String restored = run(middle(), backend, 2, older);
        run(end(), backend, 2, restored);

        assertThat(moves()).isEqualTo(expectedMoves());
    }

    /** With {@code -Dsavepoint.to=FOLDER} it leaves there what a later release must be able to read. */
    private static void keep(String savepoint) throws IOException {
        String to = System.getProperty("savepoint.to");
        if (to != null) {
            copy(Path.of(URI.create(savepoint)), Path.of(to));
        }
    }

    private void requireWhole() {
        Map<RollupKey, RollupRow> newest = new HashMap<>();
        tables.rollups
                .received()
                .forEach(row -> newest.merge(row.key(), row, (a, b) -> a.version() >= b.version() ? a : b));
        Counts december = newest.values().stream()
                .filter(row -> row.key().survey().equals("2026-12")
                        && row.key().population().equals("*"))
                .map(RollupRow::counts)
                .reduce(Counts.ZERO, Counts::plus);
        assertThat(december.get(Metric.DOMAINS)).isEqualTo(11);
        assertThat(december.get(Metric.ADOPTION_ALL)).isEqualTo(9);
        assertThat(december.get(Metric.ADOPTION_NONE)).isEqualTo(2);
        assertThat(moves()).isEqualTo(expectedMoves());
        assertThat(tables.changes.received())
                .filteredOn(change -> change.kind() == Change.Kind.CLIMBED)
                .extracting(Change::domain)
                .containsExactlyInAnyOrder("d1.no", "d3.no", "d5.no");
        assertThat(tables.aside.received()).isEmpty();
    }

    private static Map<String, Long> expectedMoves() {
        return Map.of(
                "OPPORTUNISTIC > OPPORTUNISTIC", 6L,
                "PLAINTEXT > OPPORTUNISTIC", 3L,
                "PLAINTEXT > PLAINTEXT", 2L,
                "PLAINTEXT > ABSENT", 1L);
    }

    private Map<String, Long> moves() {
        Map<Object, TransitionRow> newest = new HashMap<>();
        tables.transitions
                .received()
                .forEach(row -> newest.merge(row.key(), row, (a, b) -> a.version() >= b.version() ? a : b));
        Map<String, Long> moves = new HashMap<>();
        newest.values().stream()
                .filter(row -> row.key().population().equals("*"))
                .forEach(row -> moves.merge(row.key().from() + " > " + row.key().to(), row.domains(), Long::sum));
        return moves;
    }

    private static Stream<RawRecord> beginning() {
        return Stream.concat(
                Stream.concat(observed("2026-11", 0, DOMAINS), Stream.of(Fixtures.clock("2026-11"))),
                observed("2026-12", 0, 6));
    }

    private static Stream<RawRecord> middle() {
        return Stream.concat(observed("2026-12", 0, 6), observed("2026-12", 6, 9));
    }

    private static Stream<RawRecord> end() {
        return Stream.of(
                        observed("2026-12", 3, 11),
                        Stream.of(Fixtures.clock("2026-12")),
                        observed("2026-12", 0, 11),
                        Stream.of(Fixtures.clock("2026-12")))
                .flatMap(part -> part);
    }

    private static Stream<RawRecord> observed(String survey, int from, int to) {
        return IntStream.range(from, to).mapToObj(domain -> Fixtures.raw(observation(survey, domain)));
    }

    /** Every other domain protects; in December also those of the rest that have a small number. */
    private static Observation observation(String survey, int domain) {
        boolean protects = domain % 2 == 0 || survey.equals("2026-12") && domain < 6;
        Instant at = START.plus(Duration.ofDays(survey.equals("2026-12") ? 30 : 0));
        EndpointObservation endpoint = new EndpointObservation(
                "198.51.100.1",
                protects ? Outcome.TLS_OK : Outcome.NOT_OFFERED,
                null,
                at,
                null,
                null,
                null,
                null,
                null);
        MxHostObservation host =
                new MxHostObservation("mx.provider.example", 10, AddressStatus.FOUND, null, List.of(endpoint));
        Target target = Target.of(survey, domain, "d" + domain + ".no", List.of("gov"));
        return Observation.of(target, "oslo", at, MailDns.MX, null, null, List.of(host), null, null);
    }

    /** @return where the savepoint is that the job was stopped with, when all records had their effect */
    private String run(Stream<RawRecord> records, String backend, int parallelism, String from) throws Exception {
        Partition topic = new Partition(0);
        records.forEach(topic::add);
        Partition handshakes = new Partition(0);
        handshakes.add(Fixtures.raw(new RandomSurvey(1).handshake("2026-11", "oslo", 1)));
        Configuration configuration = JobConfiguration.of(settings(parallelism, from));
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        // the sources of each run are others
        configuration.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
        configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        StatisticsGraph.define(topic.readOn(env, 2_000), handshakes.readOn(env, 100), tables.sinks());
        JobClient job = env.executeAsync();
        try {
            while (!topic.isRead()) {
                SECONDS.sleep(1);
            }
            return stop(job);
        } catch (Exception e) {
            job.cancel().get(60, SECONDS);
            throw e;
        }
    }

    /** A task may still be loading its state backend when its records are already on their way. */
    private static String stop(JobClient job) throws Exception {
        String to = folder.resolve("savepoints").toUri().toString();
        while (true) {
            try {
                return job.stopWithSavepoint(false, to, SavepointFormatType.CANONICAL)
                        .get(60, SECONDS);
            } catch (ExecutionException e) {
                if (!e.getMessage().contains("Not all required tasks are currently running")) {
                    throw e;
                }
                SECONDS.sleep(1);
            }
        }
    }

    private static JobSettings settings(int parallelism, String from) {
        return new JobSettings(
                "unused:1",
                "jdbc:clickhouse://unused/unused",
                "",
                "",
                parallelism,
                1,
                folder.resolve("checkpoints").toUri().toString(),
                Duration.ofMillis(200),
                from,
                1,
                false);
    }

    private static String copyOf(Path savepoint) throws IOException {
        Path copy = folder.resolve("older-" + System.nanoTime());
        copy(savepoint, copy);
        return copy.toUri().toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
