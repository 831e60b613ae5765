package org.mailpulse.probe.worker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.probe.HandshakeSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes observations and handshakes. {@code Producer.send} blocks while it waits for metadata or memory, so it has a
 * thread of its own: event loops must not wait.
 */
final class Outbox implements HandshakeSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Producer<byte[], byte[]> producer;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "mailpulse-produce");
        thread.setDaemon(true);
        return thread;
    });

    Outbox(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    @Override
    public CompletableFuture<Void> write(Handshake handshake) {
        return send(Topics.HANDSHAKES, handshake.mxHost(), Wire.write(handshake));
    }

    /** @return completes when the brokers have it; exceptionally if they never will */
    CompletableFuture<Void> write(Observation observation) {
        return send(Topics.OBSERVATIONS, observation.domain(), Wire.write(observation));
    }

    /** Completes exceptionally when a record could not be written: nothing that comes after is safe. */
    CompletableFuture<Void> failure() {
        return failure;
    }

    private CompletableFuture<Void> send(String topic, String key, byte[] value) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
        try {
            sender.execute(() -> send(record, key, written));
        } catch (RejectedExecutionException e) {
            written.completeExceptionally(new IllegalStateException("outbox is closed", e));
        }
        return written;
    }

    private void send(ProducerRecord<byte[], byte[]> record, String key, CompletableFuture<Void> written) {
        try {
            producer.send(record, (metadata, error) -> settle(record.topic(), key, error, written));
        } catch (RuntimeException e) {
            settle(record.topic(), key, e, written);
        }
    }

    private void settle(String topic, String key, Exception error, CompletableFuture<Void> written) {
        if (error == null) {
            written.complete(null);
        } else if (error instanceof RecordTooLargeException) {
            LOG.error("record of {} is too large for topic {}; it is left out", key, topic);
            written.complete(null); // asking again would give the same
        } else {
            failure.completeExceptionally(error);
            written.completeExceptionally(error);
        }
    }

    /** What has been handed over is written; what comes later is refused. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS)) {
                LOG.warn("some records could not be handed to the producer in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(10));
    }
}
