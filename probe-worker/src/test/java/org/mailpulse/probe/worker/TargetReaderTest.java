package org.mailpulse.probe.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.model.wire.Wire;

/** With Kafka's own stand-in for a consumer; real brokers are met in the end-to-end tests. */
class TargetReaderTest {
    private static final TopicPartition ZERO = new TopicPartition(Topics.TARGETS, 0);
    private static final TopicPartition ONE = new TopicPartition(Topics.TARGETS, 1);
    private static final int MAX_IN_FLIGHT = 4;

    private final RememberingConsumer consumer = new RememberingConsumer();
    private final Map<Long, CompletableFuture<Observation>> asked = new TreeMap<>();
    private final Pipeline pipeline = new Pipeline(
            target -> asked.computeIfAbsent(target.seq(), seq -> new CompletableFuture<>()),
            observation -> CompletableFuture.completedFuture(null));
    private final TargetReader reader = new TargetReader(consumer, pipeline, MAX_IN_FLIGHT);

    @BeforeEach
    void assign() {
        consumer.rebalance(List.of(ZERO, ONE));
        consumer.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
    }

    @Test
    void commitsUpToTheFirstThatIsNotFinished() {
        add(ZERO, 0, 1, 2);
        add(ONE, 0);
        reader.readOn();
        finish(1);
        finish(2);
        reader.commit();
        assertThat(committed(ZERO)).isZero();
        assertThat(committed(ONE)).isZero();
        finish(0);
        reader.commit();
        assertThat(committed(ZERO)).isEqualTo(3);
        assertThat(committed(ONE)).isZero();
    }

    @Test
    void stopsReadingAtTheLimitAndGoesOnBelowIt() {
        add(ZERO, 0, 1, 2, 3);
        reader.readOn();
        add(ZERO, 4, 5);
        reader.readOn();
        assertThat(asked.keySet()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(consumer.paused()).containsExactlyInAnyOrder(ZERO, ONE);
        finish(0);
        reader.readOn();
        assertThat(asked.keySet()).as("one place alone is not worth a fetch").hasSize(4);
        finish(1);
        reader.readOn();
        assertThat(asked.keySet()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void badRecordsAreCountedAndPassedOver() {
        consumer.addRecord(new ConsumerRecord<>(ZERO.topic(), 0, 0, null, "{]".getBytes(StandardCharsets.UTF_8)));
        consumer.addRecord(new ConsumerRecord<>(ZERO.topic(), 0, 1, null, null));
        reader.readOn();
        reader.commit();
        assertThat(pipeline.read()).isEqualTo(2);
        assertThat(pipeline.bad()).isEqualTo(2);
        assertThat(committed(ZERO)).isEqualTo(2);
    }

    @Test
    void whatIsFinishedIsCommittedBeforeAPartitionGoes() {
        add(ZERO, 0, 1);
        reader.readOn();
        finish(0);
        consumer.rebalance(List.of(ONE));
        assertThat(committed(ZERO)).isEqualTo(1);
        finish(1); // too late for us: the next owner does it again
        reader.commit();
        assertThat(committed(ZERO)).isEqualTo(1);
    }

    @Test
    void whatCouldNotBeWrittenIsNeverCommitted() {
        Pipeline failing = new Pipeline(
                target -> CompletableFuture.completedFuture(observation(target)),
                observation -> CompletableFuture.failedFuture(new IllegalStateException("broker gone")));
        RememberingConsumer other = new RememberingConsumer();
        TargetReader doomed = new TargetReader(other, failing, MAX_IN_FLIGHT);
        other.rebalance(List.of(ZERO));
        other.updateBeginningOffsets(Map.of(ZERO, 0L));
        other.addRecord(record(ZERO, 0));
        doomed.readOn();
        doomed.commit();
        assertThat(failing.inFlight()).isZero();
        assertThat(failing.observed()).isZero();
        assertThat(other.committed(ZERO)).isZero();
    }

    private void add(TopicPartition partition, long... offsets) {
        for (long offset : offsets) {
            consumer.addRecord(record(partition, offset));
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        Target target = Target.of("2026-11", partition.partition() * 100L + offset, "quay.example", List.of());
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, Wire.write(target));
    }

    private void finish(long seq) {
        asked.get(seq).complete(observation(Target.of("2026-11", seq, "quay.example", List.of())));
    }

    private static Observation observation(Target target) {
        return Observation.of(target, "local", java.time.Instant.EPOCH, MailDns.NULL_MX, null, null, null, null, null);
    }

    private long committed(TopicPartition partition) {
        return consumer.committed(partition);
    }
}
