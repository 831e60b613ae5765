package org.mailpulse.stream.rejudge;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.mailpulse.model.wire.Topics;

/** How far back the topics reach. */
final class KafkaHistory {
    private static final long REPLY_SECONDS = 30;

    private final Admin kafka;

    KafkaHistory(Admin kafka) {
        this.kafka = kafka;
    }

    /**
     * Whether nothing has been cut off the topics since then: a partition that still begins with its first record is whole, and
     * so is one whose first record is older.
     */
    boolean isWholeSince(Instant at) throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, ListOffsetsResultInfo> first = offsets(OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> since = offsets(OffsetSpec.forTimestamp(at.toEpochMilli()));
        return first.entrySet().stream().allMatch(partition -> {
            long start = partition.getValue().offset();
            long then = since.get(partition.getKey()).offset(); // -1: nothing since
            return start == 0 || then > start;
        });
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(OffsetSpec which)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (TopicDescription topic : await(kafka.describeTopics(List.of(Topics.OBSERVATIONS, Topics.HANDSHAKES))
                        .allTopicNames())
                .values()) {
            topic.partitions()
                    .forEach(partition -> wanted.put(new TopicPartition(topic.name(), partition.partition()), which));
        }
        return await(kafka.listOffsets(wanted).all());
    }

    private static <T> T await(KafkaFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(REPLY_SECONDS, TimeUnit.SECONDS);
    }
}
