package org.mailpulse.survey.coordinator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.wire.BadRecordException;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.model.wire.Wire;

/** Stands where probe workers stand: reads the targets of one survey and writes what the test says to each. */
final class FakeWorkers implements AutoCloseable {
    static final String VANTAGE = "here";

    private final String survey;
    private final Function<Target, List<byte[]>> behaviour;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final Thread thread;
    final ConcurrentLinkedQueue<Target> received = new ConcurrentLinkedQueue<>();

    FakeWorkers(String bootstrap, String survey, Function<Target, List<byte[]>> behaviour) throws Exception {
        this.survey = survey;
        this.behaviour = behaviour;
        this.consumer = KafkaClients.consumer(bootstrap);
        this.producer = KafkaClients.producer(bootstrap);
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.TARGETS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // looked up now, not after the first target is there
        thread = new Thread(this::work, "fake-workers");
        thread.start();
    }

    private void work() {
        try {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(Duration.ofMillis(50))) {
                    answer(Wire.readTarget(polled.value()));
                }
            }
        } catch (WakeupException e) {
            // closed
        } catch (BadRecordException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(Target target) {
        if (target.survey().equals(survey)) {
            received.add(target);
            behaviour.apply(target).forEach(this::write);
        }
    }

    void write(byte[] value) {
        producer.send(new ProducerRecord<>(Topics.OBSERVATIONS, null, value));
    }

    /** The name does not exist: a known answer. */
    static byte[] nxdomain(Target target) {
        return observation(target, VANTAGE, MailDns.NXDOMAIN);
    }

    static byte[] observation(Target target, String vantage, MailDns dns) {
        return Wire.write(Observation.of(target, vantage, Instant.now(), dns, null, null, null, null, null));
    }

    @Override
    public void close() {
        producer.flush();
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
        producer.close();
    }
}
