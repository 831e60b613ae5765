package org.mailpulse.survey.coordinator;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.mailpulse.model.wire.Topics;

/** Creates the topics of Mail Pulse where they are missing; those that exist are left as they are. */
public final class TopicAdmin {
    private static final String FOREVER = "-1";
    /** A target is of no use when its survey has long ended. */
    private static final String TARGETS_KEPT =
            String.valueOf(Duration.ofDays(35).toMillis());

    /** Each bounds how many workers or readers can share a topic. */
    public record Partitions(int targets, int observations, int handshakes) {
        public static final Partitions DEFAULT = new Partitions(8, 8, 4);

        public Partitions {
            if (targets < 1 || observations < 1 || handshakes < 1) {
                throw new IllegalArgumentException("every topic needs at least 1 partition, not " + targets + ", "
                        + observations + ", " + handshakes);
            }
        }
    }

    private TopicAdmin() {}

    public static void create(String bootstrap) throws IOException {
        create(bootstrap, Partitions.DEFAULT);
    }

    /** @throws IOException with one line that says why */
    public static void create(String bootstrap, Partitions partitions) throws IOException {
        List<NewTopic> wanted = Stream.of(
                        topic(Topics.TARGETS, partitions.targets(), TARGETS_KEPT),
                        topic(Topics.OBSERVATIONS, partitions.observations(), FOREVER),
                        topic(Topics.HANDSHAKES, partitions.handshakes(), FOREVER))
                .toList();
        try (Admin admin = KafkaClients.admin(bootstrap)) {
            for (var created : admin.createTopics(wanted).values().entrySet()) {
                try {
                    created.getValue().get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw explained(bootstrap, created.getKey(), e.getCause());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while creating topics", e);
        }
    }

    private static IOException explained(String bootstrap, String topic, Throwable cause) {
        return cause instanceof TimeoutException
                ? KafkaClients.noAnswer(bootstrap, cause)
                : new IOException("topic " + topic + " could not be created: " + cause.getMessage(), cause);
    }

    /** How many replicas is the broker's own default to say. */
    private static NewTopic topic(String name, int partitions, String retentionMillis) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty())
                .configs(Map.of("compression.type", "zstd", "retention.ms", retentionMillis));
    }
}
