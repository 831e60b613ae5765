package org.mailpulse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class BrokerTest {
    @TempDir
    Path folder;

    @Test
    void keepsItsClusterAndItsRecordsOverARestart() throws Exception {
        Path data = folder.resolve("data/kafka");
        String cluster;
        try (Broker broker = Broker.start(data, 0)) {
            createTopic(broker, "t");
            send(broker, "t", "first");
            cluster = clusterId(broker);
        }
        try (Broker broker = Broker.start(data, 0)) {
            send(broker, "t", "second");
            assertThat(clusterId(broker)).isEqualTo(cluster);
            assertThat(read(broker, "t", 2)).containsExactly("first", "second");
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws Exception {
        Path data = folder.resolve("kafka");
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo("acknowledged");
        } finally {
            victim.destroyForcibly().waitFor();
        }
        try (Broker broker = Broker.start(data, 0)) {
            assertThat(read(broker, "t", Victim.RECORDS))
                    .hasSize(Victim.RECORDS)
                    .startsWith("0", "1", "2");
        }
    }

    /** Another process: writes its records, says so, and waits for its end. */
    static final class Victim {
        static final int RECORDS = 20;

        public static void main(String[] args) throws Exception {
            Broker broker = Broker.start(Path.of(args[0]), 0);
            createTopic(broker, "t");
            for (int i = 0; i < RECORDS; i++) {
                send(broker, "t", String.valueOf(i));
            }
            System.out.println("acknowledged");
            Thread.sleep(Duration.ofMinutes(2).toMillis());
        }
    }

    @Test
    void saysInOneLineThatThePortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatIOException()
                    .isThrownBy(() -> Broker.start(folder.resolve("kafka"), taken.getLocalPort()))
                    .withMessage("port " + taken.getLocalPort() + " on 127.0.0.1 is in use");
        }
    }

    @Test
    void saysInOneLineThatTheFolderIsInUse() throws IOException {
        Path data = folder.resolve("kafka");
        try (Broker first = Broker.start(data, 0)) {
            assertThat(first.bootstrap()).startsWith("127.0.0.1:");
            assertThatIOException()
                    .isThrownBy(() -> Broker.start(data, 0))
                    .withMessage("Kafka's folder " + data + " is in use by another process");
        }
    }

    @Test
    void leavesAFolderAloneThatHoldsOtherFiles() throws IOException {
        Path data = folder.resolve("kafka");
        Files.createDirectories(data);
        Path precious = Files.writeString(data.resolve("thesis.txt"), "words");
        assertThatIOException()
                .isThrownBy(() -> Broker.start(data, 0))
                .withMessage("Kafka's folder " + data + " holds other files");
        assertThat(precious).hasContent("words");
    }

    @Test
    void recoversFromAKillInTheMiddleOfFormatting() throws Exception {
        Path data = folder.resolve("kafka");
        Files.createDirectories(folder.resolve("kafka.format"));
        Files.writeString(folder.resolve("kafka.format/bootstrap.checkpoint"), "half a fi");
        try (Broker broker = Broker.start(data, 0)) {
            assertThat(clusterId(broker)).isNotBlank();
        }
        assertThat(folder.resolve("kafka.format")).doesNotExist();
    }

    @Test
    void createsNoTopicUnasked() throws IOException {
        try (Broker broker = Broker.start(folder.resolve("kafka"), 0);
                Admin admin = Admin.create(clientOf(broker))) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("typo"))
                            .allTopicNames()
                            .get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    private static Map<String, Object> clientOf(Broker broker) {
        return Map.of("bootstrap.servers", broker.bootstrap());
    }

    private static void createTopic(Broker broker, String name) throws Exception {
        try (Admin admin = Admin.create(clientOf(broker))) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
    }

    private static String clusterId(Broker broker) throws Exception {
        try (Admin admin = Admin.create(clientOf(broker))) {
            return admin.describeCluster().clusterId().get(20, TimeUnit.SECONDS);
        }
    }

    private static void send(Broker broker, String topic, String value) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(clientOf(broker), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(20, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(Broker broker, String topic, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(clientOf(broker), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (values.size() < count && System.nanoTime() < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
