package org.mailpulse.stream;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.mailpulse.model.wire.Topics;

/**
 * How far the tables are. The job commits its offsets when a checkpoint is complete, and a checkpoint is complete when
 * every row that follows from the records before it has been written. So the records before the committed offsets are
 * in the tables, and when none is left the tables are complete.
 *
 * <p>A job that starts over has the offsets of its former life until its own first checkpoint.
 */
public final class JobProgress {
    private static final List<String> TOPICS = List.of(Topics.OBSERVATIONS, Topics.HANDSHAKES);
    private static final long POLL_MILLIS = 100;
    private static final long REPLY_SECONDS = 30;

    private final Admin kafka;

    public JobProgress(Admin kafka) {
        this.kafka = kafka;
    }

    /**
     * Records on the topics that the tables do not know yet.
     *
     * @throws ExecutionException if Kafka refuses, e.g. because a topic does not exist
     * @throws TimeoutException if Kafka does not answer within 30 s
     */
    public long lag() throws InterruptedException, ExecutionException, TimeoutException {
        return lag(offsets(OffsetSpec.latest()));
    }

    /**
     * Waits until what is on the topics at this moment is in the tables.
     *
     * @throws TimeoutException if that takes longer than the given time
     */
    public void awaitDrained(Duration timeout) throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Map<TopicPartition, Long> ends = offsets(OffsetSpec.latest());
        for (long lag = lag(ends); lag > 0; lag = lag(ends)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(lag + " records are not in the tables after " + timeout.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private long lag(Map<TopicPartition, Long> ends) throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, Long> starts = offsets(OffsetSpec.earliest());
        Map<TopicPartition, OffsetAndMetadata> committed =
                await(kafka.listConsumerGroupOffsets(SurveyStatisticsJob.GROUP).partitionsToOffsetAndMetadata());
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            OffsetAndMetadata done = committed.get(end.getKey());
            long from = Math.max(starts.getOrDefault(end.getKey(), 0L), done == null ? 0 : done.offset());
            lag += Math.max(0, end.getValue() - from);
        }
        return lag;
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec which)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (TopicDescription topic :
                await(kafka.describeTopics(TOPICS).allTopicNames()).values()) {
            topic.partitions()
                    .forEach(partition -> wanted.put(new TopicPartition(topic.name(), partition.partition()), which));
        }
        return await(kafka.listOffsets(wanted).all()).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, offset -> offset.getValue().offset()));
    }

    private static <T> T await(KafkaFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(REPLY_SECONDS, TimeUnit.SECONDS);
    }
}
