package org.mailpulse.survey.coordinator;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.wire.BadRecordException;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.model.wire.Wire;

/** Reads {@code mailpulse.observations} from its beginning and passes on what belongs to one survey and its vantage points. */
final class ObservationFeed implements AutoCloseable {
    /** Takes what was read. */
    interface Reader {
        void observation(Observation seen);

        void closed(String survey);

        void badRecord();
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String survey;
    private final Set<String> vantages;
    private final Reader reader;
    private final Map<TopicPartition, Long> endAtStart;

    ObservationFeed(CoordinatorSettings settings, Reader reader) throws IOException {
        this.survey = settings.survey();
        this.vantages = Set.copyOf(settings.vantages());
        this.reader = reader;
        this.consumer = KafkaClients.consumer(settings.bootstrap());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.OBSERVATIONS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new IOException("topic " + Topics.OBSERVATIONS + " does not exist at " + settings.bootstrap());
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            endAtStart = consumer.endOffsets(partitions);
        } catch (WakeupException | InterruptException e) {
            close();
            throw e;
        } catch (KafkaException e) {
            close();
            throw KafkaClients.noAnswer(settings.bootstrap(), e);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Whether all that stood on the topic when the feed was made has been read. */
    boolean hasCaughtUp() {
        return endAtStart.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** @throws WakeupException after {@link #wakeUp()} */
    void poll(Duration atMost) {
        for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(atMost)) {
            read(polled);
        }
    }

    /** From any thread: the present or the next {@link #poll} ends at once. */
    void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(KafkaClients.FAREWELL));
    }

    private void read(ConsumerRecord<byte[], byte[]> polled) {
        try {
            if (polled.headers().lastHeader(Topics.CLOCK_HEADER) != null) {
                reader.closed(Wire.readClock(polled.value()).closes());
                return;
            }
            String named = Wire.surveyOf(polled.value());
            if (named == null) {
                reader.badRecord();
            } else if (named.equals(survey)) {
                Observation seen = Wire.readObservation(polled.value());
                if (vantages.contains(seen.vantage())) {
                    reader.observation(seen);
                }
            }
        } catch (BadRecordException e) {
            reader.badRecord();
        }
    }
}
