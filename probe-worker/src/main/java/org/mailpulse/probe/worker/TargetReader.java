package org.mailpulse.probe.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.mailpulse.model.wire.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer's side of a worker: reads no more than may be in flight, and commits no further than what is finished.
 * Used by one thread alone.
 */
final class TargetReader {
    private static final Logger LOG = LoggerFactory.getLogger(TargetReader.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final Pipeline pipeline;
    private final int maxInFlight;
    private final Map<TopicPartition, Unfinished> partitions = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    TargetReader(Consumer<byte[], byte[]> consumer, Pipeline pipeline, int maxInFlight) {
        this.consumer = consumer;
        this.pipeline = pipeline;
        this.maxInFlight = maxInFlight;
        consumer.subscribe(List.of(Topics.TARGETS), new Rebalance());
    }

    /** Reads some targets and hands them on, if there is room for them. */
    void readOn() {
        if (pipeline.inFlight() >= maxInFlight) {
            consumer.pause(consumer.assignment());
        } else if (pipeline.inFlight() < maxInFlight - maxInFlight / 4) {
            consumer.resume(consumer.paused());
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            take(record);
        }
    }

    /** Reads nothing, but lets the group know that we live. */
    void linger() {
        consumer.pause(consumer.assignment());
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            take(record); // of a partition assigned just now
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Unfinished unfinished = partitions.computeIfAbsent(
                new TopicPartition(record.topic(), record.partition()), partition -> new Unfinished());
        unfinished.begin(record.offset());
        pipeline.take(
                record.value(),
                "record " + record.topic() + "-" + record.partition() + "@" + record.offset(),
                () -> unfinished.finish(record.offset()));
    }

    /** Commits what is finished, without waiting for the broker. */
    void commit() {
        Map<TopicPartition, OffsetAndMetadata> finished = finished(partitions.keySet());
        if (!finished.isEmpty()) {
            consumer.commitAsync(finished, (offsets, failure) -> {
                if (failure != null) {
                    LOG.warn("commit failed, the next one will do: {}", failure.toString());
                    offsets.keySet().forEach(committed::remove);
                }
            });
        }
    }

    /** Commits what is finished, and waits. A failure only means that some targets are observed twice. */
    void commitNow(Collection<TopicPartition> of) {
        Map<TopicPartition, OffsetAndMetadata> finished = finished(of);
        if (!finished.isEmpty()) {
            try {
                consumer.commitSync(finished);
            } catch (KafkaException e) {
                LOG.warn("commit failed, some targets will be observed again: {}", e.toString());
            }
        }
    }

    void close() {
        commitNow(List.copyOf(partitions.keySet()));
        consumer.close();
    }

    /** What has moved on since the last commit. */
    private Map<TopicPartition, OffsetAndMetadata> finished(Collection<TopicPartition> of) {
        Map<TopicPartition, OffsetAndMetadata> finished = new HashMap<>();
        for (TopicPartition partition : of) {
            Unfinished unfinished = partitions.get(partition);
            long position = unfinished == null ? -1 : unfinished.position();
            if (position >= 0 && committed.getOrDefault(partition, -1L) < position) {
                finished.put(partition, new OffsetAndMetadata(position));
                committed.put(partition, position);
            }
        }
        return finished;
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            commitNow(revoked);
            onPartitionsLost(revoked);
        }

        /** What is in flight goes on; whoever has the partition now will do it again, and the counts bear that. */
        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            partitions.keySet().removeAll(lost);
            committed.keySet().removeAll(lost);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            LOG.info("reading targets from {}", assigned);
        }
    }
}
