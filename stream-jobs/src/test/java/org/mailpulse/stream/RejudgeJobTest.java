package org.mailpulse.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.broker.Broker;
import org.mailpulse.engine.ClickHouseEngine;
import org.mailpulse.engine.EngineSettings;
import org.mailpulse.model.Schema;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.Clock;
import org.mailpulse.model.verdict.Method;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.stream.rejudge.RecordSource;
import org.mailpulse.stream.rejudge.RejudgeException;
import org.mailpulse.stream.rejudge.RejudgePlan;
import org.mailpulse.stream.rejudge.RejudgePlanner;
import org.mailpulse.stream.rejudge.RejudgeRequest;
import org.mailpulse.warehouse.Archive;
import org.mailpulse.warehouse.Migrations;
import org.mailpulse.warehouse.SurveyRow;
import org.mailpulse.warehouse.SurveyStore;
import org.mailpulse.warehouse.Warehouse;

/**
 * Three surveys on real topics, the last from two vantage points, with duplicates, replays, changes of order and what comes
 * late, are counted by the job that runs day by day. Judged again, from wherever, they come to the same rows; the last of the tests cut the topics.
 */
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RejudgeJobTest {
    private static final int DOMAINS = 250;
    private static final int PARTITIONS = 3;
    private static final List<String> SURVEYS = List.of("2026-10", "2026-11", "2026-12");
    private static final Instant BEGUN = Instant.parse("2026-10-01T00:00:00Z");

    /** What the job writes, without what tells one life of the job from another. */
    private static final Map<String, String> TABLES = new LinkedHashMap<>(Map.of(
            "verdicts", "* EXCEPT (version)",
            "hosts", "* EXCEPT (version)",
            "rollups", "* EXCEPT (version)",
            "host_rollups", "* EXCEPT (version)",
            "transitions", "* EXCEPT (version)",
            "changes", "*"));

    @TempDir
    static Path folder;

    @RegisterExtension
    static final MiniClusterExtension FLINK = TestCluster.ofSlots(4, () -> folder);

    private static Broker broker;
    private static ClickHouseEngine engine;
    private static Warehouse warehouse;
    private static Admin admin;
    private static long late;

    /** What the day-by-day job came to. */
    private static Map<String, List<String>> live;

    @BeforeAll
    static void threeSurveysHaveBeenCounted(@InjectMiniCluster MiniCluster cluster) throws Exception {
        broker = Broker.start(folder.resolve("kafka"), 0);
        engine = ClickHouseEngine.start(EngineSettings.in(folder.resolve("clickhouse")));
        warehouse = Warehouse.at(engine.jdbcUrl());
        Migrations.apply(warehouse);
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()));
        admin.createTopics(List.of(
                        new NewTopic(Topics.OBSERVATIONS, PARTITIONS, (short) 1),
                        new NewTopic(Topics.HANDSHAKES, 2, (short) 1)))
                .all()
                .get();
        publish();
        StreamGraph graph = SurveyStatisticsJob.streamGraph(liveSettings());
        JobID job = cluster.submitJob(graph.getJobGraph()).get().getJobID();
        new JobProgress(admin).awaitDrained(Duration.ofSeconds(120));
        cluster.cancelJob(job).get();
        SurveyStore store = new SurveyStore(warehouse);
        for (String survey : SURVEYS) {
            for (String vantage : List.of("oslo", "bergen")) {
                store.start(new SurveyRow(
                        survey, vantage, "list", DOMAINS, 0, BEGUN, null, "trust", Schema.RECORDS, Schema.METHOD));
                store.close(survey, vantage, BEGUN);
            }
        }
        live = rows(Schema.METHOD, SURVEYS);
    }

    @AfterAll
    static void stop() throws Exception {
        admin.close();
        broker.close();
        engine.close();
    }

    private static void publish() throws Exception {
        RandomSurvey alone = new RandomSurvey(11);
        RandomSurvey among = new RandomSurvey(12, List.of("bergen", "oslo"));
        Random order = new Random(11);
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Observation> before = List.of();
            for (String survey : SURVEYS) {
                boolean last = survey.equals("2026-12"); // it is asked from both vantage points
                RandomSurvey random = last ? among : alone;
                List<Observation> seen = new ArrayList<>();
                for (int i = 0; i < 2 * DOMAINS; i++) {
                    int domain = i % DOMAINS;
                    // some domains are not on the list each time, so that they come and go
                    if (domain % 7 != SURVEYS.indexOf(survey)) {
                        seen.add(random.observation(survey, isOslo(last, i) ? "oslo" : "bergen", domain));
                    }
                }
                List<Observation> all = new ArrayList<>(random.withDuplicates(seen));
                all.addAll(before.subList(0, before.size() / 2)); // replays of a closed survey
                Collections.shuffle(all, order);
                for (Observation one : all) {
                    send(producer, one);
                }
                for (int i = 0; i < 300; i++) {
                    var handshake = random.handshake(survey, i % 2 == 0 ? "oslo" : "bergen", i % 60);
                    producer.send(new ProducerRecord<>(
                            Topics.HANDSHAKES,
                            handshake.mxHost().getBytes(StandardCharsets.UTF_8),
                            Wire.write(handshake)));
                }
                clock(producer, survey);
                // newer, but too late
                for (int domain = 0; domain < 20; domain++) {
                    Observation one = random.observation(survey, "oslo", 3 * domain);
                    send(producer, newer(one));
                    late++;
                }
                clock(producer, survey);
                before = seen;
            }
        }
    }

    private static boolean isOslo(boolean both, int i) {
        return both ? i < DOMAINS : i % DOMAINS % 3 == 0;
    }

    private static Observation newer(Observation seen) throws Exception {
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(Wire.write(seen));
        json.put("observedAt", seen.observedAt().plusSeconds(86_400).toString());
        return Wire.readObservation(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, Observation seen) {
        producer.send(new ProducerRecord<>(
                Topics.OBSERVATIONS, seen.domain().getBytes(StandardCharsets.UTF_8), Wire.write(seen)));
    }

    private static void clock(KafkaProducer<byte[], byte[]> producer, String survey) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            var record = new ProducerRecord<byte[], byte[]>(
                    Topics.OBSERVATIONS,
                    partition,
                    null,
                    Wire.write(Clock.closing(survey, List.of("bergen", "oslo"), BEGUN)));
            record.headers().add(Topics.CLOCK_HEADER, new byte[0]);
            producer.send(record);
        }
    }

    private static JobSettings liveSettings() {
        return new JobSettings(
                broker.bootstrap(),
                warehouse.writingUrl(),
                "",
                "",
                2,
                2,
                folder.resolve("checkpoints").toUri().toString(),
                Duration.ofMillis(500),
                null,
                3,
                true);
    }

    @Test
    @Order(1)
    void theJobHasArchivedTheNewestRecordOfEachThatWasNotLate() throws Exception {
        assertThat(number("SELECT count() FROM aside WHERE cause = 'LATE'")).isPositive();
        assertThat(new Archive(warehouse).holdings()).hasSize(6).allMatch(Archive.Holding::isWhole);
        assertThat(number("SELECT count() FROM observations_final AS o INNER JOIN verdicts_final AS v"
                        + " ON o.survey = v.survey AND o.vantage = v.vantage AND o.domain = v.domain"
                        + " WHERE o.observed_at = v.observed_at AND v.method_version = " + Schema.METHOD))
                .isEqualTo(number("SELECT count() FROM observations_final"))
                .isEqualTo(number("SELECT count() FROM verdicts_final WHERE vantage != 'consensus'"));
        assertThat(number("SELECT count() FROM verdicts_final WHERE vantage = 'consensus'"))
                .isPositive();
    }

    @Test
    @Order(2)
    void fromKafkaAndFromTheArchiveComeTheRowsThatTheJobCameTo(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        for (RecordSource source : RecordSource.values()) {
            empty();

            rejudge(cluster, new RejudgeRequest(Method.PRESENT, null, null, source));

            assertThat(rows(Schema.METHOD, SURVEYS)).as(source.label()).isEqualTo(live);
        }
    }

    @Test
    @Order(3)
    void aRangeOfSurveysComesToTheSameRowsAsAllOfThem(@InjectMiniCluster MiniCluster cluster) throws Exception {
        for (RecordSource source : RecordSource.values()) {
            empty();

            rejudge(cluster, new RejudgeRequest(Method.PRESENT, "2026-11", "2026-11", source));

            Map<String, List<String>> rows = rows(Schema.METHOD, SURVEYS);
            assertThat(rows).as(source.label()).isEqualTo(only("2026-11", live));
            assertThat(rows.get("transitions")).isNotEmpty();
        }
    }

    @Test
    @Order(4)
    void anotherMethodStandsBesideAndDiffersInTheProviderOnly(@InjectMiniCluster MiniCluster cluster) throws Exception {
        empty();
        rejudge(cluster, new RejudgeRequest(Method.PRESENT, null, null, RecordSource.KAFKA));
        rejudge(cluster, new RejudgeRequest(Method.V1, null, null, RecordSource.KAFKA));
        Map<String, List<String>> fromKafka = rows(1, SURVEYS);
        execute("ALTER TABLE rollups DELETE WHERE method_version = 1 SETTINGS mutations_sync = 2");
        execute("ALTER TABLE verdicts DELETE WHERE method_version = 1 SETTINGS mutations_sync = 2");

        rejudge(cluster, new RejudgeRequest(Method.V1, null, null, RecordSource.ARCHIVE));

        assertThat(rows(1, SURVEYS)).isEqualTo(fromKafka);
        assertThat(rows(Schema.METHOD, SURVEYS)).isEqualTo(live);
        assertThat(fromKafka.get("verdicts")).hasSameSizeAs(live.get("verdicts"));
        assertThat(number("SELECT count() FROM verdicts_final AS a INNER JOIN verdicts_final AS b"
                        + " ON a.survey = b.survey AND a.vantage = b.vantage AND a.domain = b.domain"
                        + " WHERE a.method_version = 1 AND b.method_version = 2 AND a.level = b.level"
                        + " AND a.adoption = b.adoption AND a.status = b.status"))
                .isEqualTo(live.get("verdicts").size());
        assertThat(number("SELECT max(method_version) FROM survey_totals")).isEqualTo(Schema.METHOD);
    }

    @Test
    @Order(5)
    void aRunThatWasBrokenOffCanBeRunAgain(@InjectMiniCluster MiniCluster cluster) throws Exception {
        empty();
        RejudgePlan plan = plan(new RejudgeRequest(Method.PRESENT, null, null, RecordSource.ARCHIVE));
        JobID job = cluster.submitJob(RejudgeJob.streamGraph(settings(), plan).getJobGraph())
                .get()
                .getJobID();
        for (int i = 0; i < 400 && number("SELECT count() FROM verdicts") == 0; i++) {
            Thread.sleep(20);
        }
        if (!cluster.getJobStatus(job).get().isGloballyTerminalState()) {
            cluster.cancelJob(job).get();
            cluster.requestJobResult(job).get();
        }

        rejudge(cluster, new RejudgeRequest(Method.PRESENT, null, null, RecordSource.ARCHIVE));

        assertThat(rows(Schema.METHOD, SURVEYS)).isEqualTo(live);
    }

    @Test
    @Order(6)
    void theOffsetsOfTheJobThatRunsDayByDayStayAsTheyAre() throws Exception {
        assertThat(new JobProgress(admin).lag()).isZero();
        assertThat(admin.listConsumerGroupOffsets(RejudgeJob.NAME)
                        .partitionsToOffsetAndMetadata()
                        .get())
                .isEmpty();
    }

    @Test
    @Order(7)
    void whatIsMissingInTheArchiveIsReadFromKafka() throws Exception {
        RejudgeRequest all = new RejudgeRequest(Method.PRESENT, null, null, null);
        assertThat(plan(all).source()).isEqualTo(RecordSource.ARCHIVE);
        execute("CREATE TABLE kept AS observations");
        execute("INSERT INTO kept SELECT * FROM observations");
        execute("ALTER TABLE observations DELETE WHERE survey = '2026-11' AND slice < 10 SETTINGS mutations_sync = 2");
        try {
            assertThat(plan(all).source()).isEqualTo(RecordSource.KAFKA);
            assertThat(plan(new RejudgeRequest(Method.PRESENT, "2026-12", null, null))
                            .source())
                    .isEqualTo(RecordSource.ARCHIVE);
            assertThat(plan(new RejudgeRequest(Method.PRESENT, "2026-12", null, null))
                            .before())
                    .as("whose records are not whole there")
                    .isNull();
            assertThatThrownBy(() -> plan(new RejudgeRequest(Method.PRESENT, null, null, RecordSource.ARCHIVE)))
                    .isInstanceOf(RejudgeException.class)
                    .hasMessageContaining("2026-11")
                    .hasMessageContaining("archive");
        } finally {
            execute("INSERT INTO observations SELECT * FROM kept");
        }
    }

    @Test
    @Order(8)
    void surveysThatAreNotThereOrRunAreRefused() throws Exception {
        assertThatThrownBy(() -> plan(new RejudgeRequest(Method.PRESENT, "1999-01", null, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1999-01");
        assertThatThrownBy(() -> new RejudgeRequest(Method.PRESENT, "2026-12", "2026-11", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("after");
        new SurveyStore(warehouse)
                .start(new SurveyRow(
                        "2027-01", "oslo", "list", 1, 0, BEGUN, null, "trust", Schema.RECORDS, Schema.METHOD));
        assertThatThrownBy(() -> plan(new RejudgeRequest(Method.PRESENT, "2027-01", null, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not ended");
        RejudgePlan rest = plan(new RejudgeRequest(Method.PRESENT, null, null, null));
        assertThat(rest.surveys()).isEqualTo(SURVEYS);
        assertThat(rest.open()).containsExactly("2027-01");
    }

    @Test
    @Order(9)
    void whenTheTopicsHaveBeenEmptiedTheArchiveStillComesToTheSame(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        empty();
        cutTopics();

        assertThatThrownBy(() -> plan(new RejudgeRequest(Method.PRESENT, null, null, RecordSource.KAFKA)))
                .isInstanceOf(RejudgeException.class)
                .hasMessageContaining("cut");
        rejudge(cluster, new RejudgeRequest(Method.PRESENT, null, null, null));

        assertThat(rows(Schema.METHOD, SURVEYS)).isEqualTo(live);
    }

    private static RejudgePlan plan(RejudgeRequest request) throws Exception {
        return new RejudgePlanner(warehouse, broker.bootstrap()).plan(request);
    }

    private static JobSettings settings() {
        return JobSettings.bounded(broker.bootstrap(), warehouse.writingUrl(), 2);
    }

    private static void rejudge(MiniCluster cluster, RejudgeRequest request) throws Exception {
        JobID job = cluster.submitJob(
                        RejudgeJob.streamGraph(settings(), plan(request)).getJobGraph())
                .get()
                .getJobID();
        assertThat(cluster.requestJobResult(job).get().getJobStatus().orElseThrow())
                .isEqualTo(JobStatus.FINISHED);
    }

    /** All that was judged; not the surveys, and not the archive. */
    private static void empty() throws Exception {
        for (String table : TABLES.keySet()) {
            execute("TRUNCATE TABLE " + table);
        }
    }

    private static void cutTopics() throws Exception {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (var topic :
                Map.of(Topics.OBSERVATIONS, PARTITIONS, Topics.HANDSHAKES, 2).entrySet()) {
            for (int partition = 0; partition < topic.getValue(); partition++) {
                TopicPartition one = new TopicPartition(topic.getKey(), partition);
                long end = admin.listOffsets(Map.of(one, OffsetSpec.latest()))
                        .partitionResult(one)
                        .get()
                        .offset();
                all.put(one, RecordsToDelete.beforeOffset(end));
            }
        }
        admin.deleteRecords(all).all().get();
    }

    /** Table → its rows in order. */
    private static Map<String, List<String>> rows(int method, List<String> surveys) throws Exception {
        Map<String, List<String>> rows = new TreeMap<>();
        for (Map.Entry<String, String> table : TABLES.entrySet()) {
            List<String> found = new ArrayList<>();
            for (String survey : surveys) {
                found.addAll(
                        texts("SELECT concat('" + survey + " ', toString(tuple(COLUMNS('.*')))) AS row FROM (SELECT "
                                + table.getValue() + " FROM " + table.getKey() + "_final WHERE survey = '" + survey
                                + "' AND method_version = " + method + ") ORDER BY row"));
            }
            rows.put(table.getKey(), found);
        }
        assertThat(rows.get("rollups")).isNotEmpty();
        return rows;
    }

    private static Map<String, List<String>> only(String survey, Map<String, List<String>> all) {
        Map<String, List<String>> some = new TreeMap<>();
        all.forEach((table, rows) -> some.put(
                table, rows.stream().filter(row -> row.startsWith(survey + " ")).toList()));
        return some;
    }

    private static long number(String sql) throws Exception {
        return Long.parseLong(texts(sql).get(0));
    }

    private static List<String> texts(String sql) throws Exception {
        List<String> texts = new ArrayList<>();
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static void execute(String sql) throws Exception {
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
