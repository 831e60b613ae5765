package org.mailpulse.survey.coordinator;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** How the coordinator speaks with Kafka. */
final class KafkaClients {
    /** Within this time a living broker has answered. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    static final Duration FAREWELL = Duration.ofSeconds(3);

    private KafkaClients() {}

    static Admin admin(String bootstrap) throws IOException {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                bootstrap,
                "client.id",
                "mailpulse-coordinator",
                "request.timeout.ms",
                "10000",
                "default.api.timeout.ms",
                String.valueOf(PATIENCE.toMillis()));
        try {
            return Admin.create(config);
        } catch (KafkaException e) {
            throw noAnswer(bootstrap, e);
        }
    }

    /** Idempotent: a retry inside the client leaves no duplicate. */
    static KafkaProducer<String, byte[]> producer(String bootstrap) throws IOException {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bootstrap,
                "client.id", "mailpulse-coordinator",
                "enable.idempotence", "true",
                "acks", "all",
                "compression.type", "zstd",
                "linger.ms", "10",
                "max.block.ms", String.valueOf(PATIENCE.toMillis()),
                "request.timeout.ms", "8000",
                "delivery.timeout.ms", "60000");
        try {
            return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw noAnswer(bootstrap, e);
        }
    }

    /** Without a group: it is told which partitions to read, and remembers nothing. */
    static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) throws IOException {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bootstrap,
                "client.id", "mailpulse-coordinator",
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest",
                "allow.auto.create.topics", "false",
                "max.poll.records", "2000",
                "default.api.timeout.ms", String.valueOf(PATIENCE.toMillis()));
        try {
            return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw noAnswer(bootstrap, e);
        }
    }

    static IOException noAnswer(String bootstrap, Throwable cause) {
        return new IOException("no Kafka broker answers at " + bootstrap, cause);
    }
}
