package org.mailpulse.probe.worker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;

/** Kafka's stand-in forgets its commits when it is closed or loses a partition; a broker would not. */
final class RememberingConsumer extends MockConsumer<byte[], byte[]> {
    private final Map<TopicPartition, Long> commits = new ConcurrentHashMap<>();

    RememberingConsumer() {
        super("earliest");
    }

    /** @return 0 if nothing was committed */
    long committed(TopicPartition partition) {
        return commits.getOrDefault(partition, 0L);
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        remember(offsets);
        super.commitSync(offsets);
    }

    @Override
    public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        remember(offsets);
        super.commitAsync(offsets, callback);
    }

    private void remember(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> commits.put(partition, offset.offset()));
    }
}
