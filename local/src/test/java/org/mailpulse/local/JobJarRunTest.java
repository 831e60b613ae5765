package org.mailpulse.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.broker.Broker;
import org.mailpulse.engine.ClickHouseEngine;
import org.mailpulse.engine.EngineSettings;
import org.mailpulse.model.Schema;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.survey.coordinator.TopicAdmin;
import org.mailpulse.warehouse.Archive;
import org.mailpulse.warehouse.Migrations;
import org.mailpulse.warehouse.Statistics;
import org.mailpulse.warehouse.SurveyRow;
import org.mailpulse.warehouse.SurveyStore;
import org.mailpulse.warehouse.Warehouse;

/** The job's jar does its work with nothing beside it but Flink: a mini cluster, since a whole one is not at hand. */
@Timeout(120)
class JobJarRunTest {
    private static final String SURVEY = "2026-11";

    @TempDir
    private Path folder;

    @Test
    void countsWhatIsOnTheTopic() throws Exception {
        try (Broker broker = Broker.start(folder.resolve("kafka"), 0);
                ClickHouseEngine engine = ClickHouseEngine.start(EngineSettings.in(folder.resolve("clickhouse")))) {
            TopicAdmin.create(broker.bootstrap());
            Warehouse warehouse = Warehouse.at(engine.jdbcUrl());
            Migrations.apply(warehouse);
            publish(broker.bootstrap(), "example.org", "example.net");

            List<String> options = composeOptions(broker.bootstrap(), engine.jdbcUrl());
            try (JobJarProcess job = JobJarProcess.start(folder, Map.of(), options)) {
                Statistics statistics = new Statistics(warehouse);
                while (counted(statistics) < 2 || archived(warehouse) < 2) {
                    assertThat(job.isAlive()).as(job.said()).isTrue();
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                assertThat(statistics.verdicts(SURVEY, "oslo")).isEqualTo(2);
            }

            judgesAgain(broker.bootstrap(), engine.jdbcUrl(), warehouse);
        }
    }

    /** What the job before has archived. */
    private void judgesAgain(String kafka, String clickhouse, Warehouse warehouse) throws Exception {
        SurveyStore surveys = new SurveyStore(warehouse);
        surveys.start(new SurveyRow(
                SURVEY, "oslo", "list", 2, 0, Instant.EPOCH, null, "trust", Schema.RECORDS, Schema.METHOD));
        surveys.close(SURVEY, "oslo", Instant.now());
        List<String> options =
                List.of("--kafka", kafka, "--clickhouse", clickhouse, "--rejudge", "1", "--source", "archive");
        try (JobJarProcess job = JobJarProcess.start(folder, Map.of(), options)) {
            assertThat(job.exitCode()).as(job.said()).isZero();
            assertThat(new Statistics(warehouse).verdictsBy(1, SURVEY)).isEqualTo(2);
        }
    }

    @Test
    void refusesAnOptionThatItDoesNotKnow() throws Exception {
        try (JobJarProcess job = JobJarProcess.start(folder, Map.of(), List.of("--kafkka", "kafka:9092"))) {
            assertThat(job.exitCode()).as(job.said()).isEqualTo(2);
        }
    }

    /** Those of the compose file, with addresses of this machine. */
    private List<String> composeOptions(String kafka, String clickhouse) throws Exception {
        List<String> command = ComposeFile.read().command("job");
        assertThat(command.get(0)).endsWith("/keep-job.sh");
        List<String> options = new ArrayList<>(command.subList(1, command.size()));
        replace(options, "--kafka", kafka);
        replace(options, "--clickhouse", clickhouse);
        replace(options, "--clickhouse-user", "");
        replace(
                options,
                "--checkpoint-dir",
                folder.resolve("checkpoints").toUri().toString());
        options.addAll(List.of("--checkpoint-seconds", "1")); // rows come with checkpoints; the tests are in a hurry
        return options;
    }

    private static void replace(List<String> options, String name, String value) {
        options.set(options.indexOf(name) + 1, value);
    }

    private static long counted(Statistics statistics) throws Exception {
        return statistics.totals(SURVEY, "oslo", "*").get(Metric.DOMAINS);
    }

    private static int archived(Warehouse warehouse) throws Exception {
        List<byte[]> records = new ArrayList<>();
        new Archive(warehouse).read(Archive.Records.OBSERVATIONS, SURVEY, 0, Archive.SLICES - 1, records::add);
        return records.size();
    }

    private static void publish(String bootstrap, String... domains) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "compression.type", "zstd"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < domains.length; i++) {
                Target target = Target.of(SURVEY, i, domains[i], List.of());
                producer.send(new ProducerRecord<>(
                        Topics.OBSERVATIONS,
                        domains[i].getBytes(UTF_8),
                        Wire.write(Observation.notObserved(target, "oslo", Instant.now()))));
            }
        }
    }
}
