package org.mailpulse.survey.coordinator;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.model.wire.Wire;

/** Writes targets, and the observations nobody made. A record that Kafka did not take is told at the next call. */
final class RecordWriter implements AutoCloseable {
    private final String bootstrap;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    RecordWriter(String bootstrap) throws IOException {
        this.bootstrap = bootstrap;
        this.producer = KafkaClients.producer(bootstrap);
    }

    void write(Target target) throws IOException {
        send(new ProducerRecord<>(Topics.TARGETS, target.domain(), Wire.write(target)));
    }

    void write(Observation observation) throws IOException {
        send(new ProducerRecord<>(Topics.OBSERVATIONS, observation.domain(), Wire.write(observation)));
    }

    /** Returns when Kafka has all that was written. */
    void flush() throws IOException {
        producer.flush();
        check();
    }

    void check() throws IOException {
        Exception failed = failure.get();
        if (failed != null) {
            throw new IOException("Kafka at " + bootstrap + " took no more records: " + failed.getMessage(), failed);
        }
    }

    private void send(ProducerRecord<String, byte[]> written) throws IOException {
        check();
        try {
            producer.send(written, (metadata, failed) -> {
                if (failed != null) {
                    failure.compareAndSet(null, failed);
                }
            });
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
            check();
        }
    }

    @Override
    public void close() {
        producer.close(KafkaClients.FAREWELL);
    }
}
