package org.mailpulse.survey.coordinator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.mailpulse.model.survey.Clock;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.survey.VantageName;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.model.wire.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a survey: writes a clock record to every partition, again and again until it is
 * closed itself. A job that was restored between two of them has forgotten the first; the next one tells it.
 */
public final class ClosingClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClosingClock.class);

    /**
     * It is the observations that close a survey. On handshakes the record says nothing, but wakes the job's reader: of a
     * topic that has fallen silent it tells only every ten seconds how far it has come.
     */
    private static final List<String> TOPICS = List.of(Topics.OBSERVATIONS, Topics.HANDSHAKES);

    private final String survey;
    private final List<String> vantages;
    private final KafkaProducer<String, byte[]> producer;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "closing-clock");
        thread.setDaemon(true);
        return thread;
    });

    private ClosingClock(String survey, List<String> vantages, KafkaProducer<String, byte[]> producer) {
        this.survey = survey;
        this.vantages = vantages;
        this.producer = producer;
    }

    /**
     * Returns when Kafka has the first record of every partition. All observations of the survey must stand on the topic
     * before: what comes later is late.
     *
     * @param vantages from which the survey was asked
     * @param every time between two records of a partition; more than 0
     * @throws IOException if Kafka does not take them
     */
    public static ClosingClock start(String bootstrap, String survey, List<String> vantages, Duration every)
            throws IOException {
        SurveyName.check(survey);
        List<String> from = VantageName.checkAll(vantages);
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException("every must be more than 0, is " + every);
        }
        ClosingClock clock = new ClosingClock(survey, from, KafkaClients.producer(bootstrap));
        try {
            clock.tick();
        } catch (KafkaException e) {
            clock.close();
            throw KafkaClients.noAnswer(bootstrap, e);
        } catch (IOException e) {
            clock.close();
            throw e;
        }
        clock.timer.scheduleWithFixedDelay(clock::tickAgain, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
        return clock;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        producer.close(KafkaClients.FAREWELL);
    }

    private void tickAgain() {
        try {
            tick();
        } catch (IOException | KafkaException e) {
            if (!timer.isShutdown()) {
                LOG.warn("clock record of survey {} not written: {}", survey, e.getMessage());
            }
        }
    }

    private void tick() throws IOException {
        byte[] value = Wire.write(Clock.closing(survey, vantages, Instant.now()));
        List<Header> headers = List.of(new RecordHeader(Topics.CLOCK_HEADER, new byte[0]));
        List<Future<RecordMetadata>> written = new ArrayList<>();
        for (String topic : TOPICS) {
            for (PartitionInfo partition : producer.partitionsFor(topic)) {
                Long now = null; // Kafka's own
                String key = null; // the partition is told
                written.add(
                        producer.send(new ProducerRecord<>(topic, partition.partition(), now, key, value, headers)));
            }
        }
        for (Future<RecordMetadata> one : written) {
            await(one);
        }
    }

    private void await(Future<RecordMetadata> written) throws IOException {
        try {
            written.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while closing survey " + survey, e);
        } catch (ExecutionException e) {
            throw new IOException(
                    "Kafka did not take the clock of survey " + survey + ": "
                            + e.getCause().getMessage(),
                    e);
        }
    }
}
