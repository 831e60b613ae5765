package org.mailpulse.benchmarks.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.Clock;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.model.wire.Wire;

/** Writes the whole workload to the topic, survey after survey, each closed by a clock record on every partition. */
final class Loader implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final Workload workload;
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAccumulator smallest = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    Loader(String bootstrap, Workload workload) {
        this.workload = workload;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd",
                        ProducerConfig.LINGER_MS_CONFIG, "100",
                        ProducerConfig.BATCH_SIZE_CONFIG, "262144",
                        ProducerConfig.BUFFER_MEMORY_CONFIG, "67108864"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** @throws IllegalStateException if Kafka did not take all of it */
    void load(int partitions) {
        for (int number = 0; number < workload.surveys(); number++) {
            String survey = workload.survey(number);
            IntStream.range(0, workload.domains()).parallel().forEach(domain -> first(survey, domain));
            IntStream.range(0, workload.domains()).parallel().forEach(domain -> second(survey, domain));
            producer.flush();
            close(survey, partitions);
            producer.flush();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("Kafka did not take a record: " + failure.get(), failure.get());
        }
    }

    long observations() {
        return records.sum();
    }

    long smallestBytes() {
        return smallest.get();
    }

    long meanBytes() {
        return bytes.sum() / Math.max(1, records.sum());
    }

    private void first(String survey, int domain) {
        send(ObservationMaker.observation(survey, domain, false));
    }

    private void second(String survey, int domain) {
        if (workload.isDuplicated(domain)) {
            send(ObservationMaker.observation(survey, domain, false));
        }
        if (workload.isProbedAgain(domain)) {
            send(ObservationMaker.observation(survey, domain, true));
        }
    }

    private void send(Observation observation) {
        byte[] json = Wire.write(observation);
        records.increment();
        bytes.add(json.length);
        smallest.accumulate(json.length);
        send(new ProducerRecord<>(Topics.OBSERVATIONS, observation.domain().getBytes(UTF_8), json));
    }

    private void close(String survey, int partitions) {
        byte[] clock = Wire.write(Clock.closing(survey, List.of(), Instant.EPOCH));
        for (int partition = 0; partition < partitions; partition++) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.OBSERVATIONS, partition, null, clock);
            record.headers().add(Topics.CLOCK_HEADER, new byte[0]);
            send(record);
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (metadata, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
        });
    }

    @Override
    public void close() {
        producer.close();
    }
}
