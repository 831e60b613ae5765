package org.mailpulse.probe.worker;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.mailpulse.probe.DomainProber;
import org.mailpulse.probe.ProbeSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes targets from one topic and writes observations and handshakes to two others, on a thread of its own. Of a
 * target, first the handshakes are acknowledged, then the observation, then the target is committed: a crash at any
 * moment loses nothing, it only makes some targets be observed twice.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final WorkerSettings settings;
    private final DomainProber prober;
    private final Outbox outbox;
    private final Pipeline pipeline;
    private final TargetReader reader;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "mailpulse-worker");
    private volatile boolean stopping;

    private Worker(
            WorkerSettings settings,
            String vantage,
            DomainProber prober,
            Outbox outbox,
            Consumer<byte[], byte[]> consumer) {
        this.settings = settings;
        this.prober = prober;
        this.outbox = outbox;
        this.pipeline = new Pipeline(vantage, prober::observe, outbox::write);
        this.reader = new TargetReader(consumer, pipeline, settings.inFlight());
        thread.start();
    }

    /** @throws IOException with one clear line if the prober cannot be set up as wished, or the brokers' address is none */
    public static Worker start(ProbeSettings probe, WorkerSettings settings) throws IOException {
        return start(probe, settings, notice -> {});
    }

    /**
     * @param notices hears, in one sentence each, what whoever runs the worker should know; they are in the log, too
     * @throws IOException as above
     */
    public static Worker start(
            ProbeSettings probe, WorkerSettings settings, java.util.function.Consumer<String> notices)
            throws IOException {
        try {
            return start(
                    probe,
                    settings,
                    notices,
                    KafkaClients.consumer(settings, probe.vantage()),
                    KafkaClients.producer(settings));
        } catch (KafkaException e) {
            throw new IOException("no Kafka client for " + settings.bootstrap() + ": " + innermost(e), e);
        }
    }

    static Worker start(
            ProbeSettings probe,
            WorkerSettings settings,
            java.util.function.Consumer<String> notices,
            Consumer<byte[], byte[]> consumer,
            Producer<byte[], byte[]> producer)
            throws IOException {
        Outbox outbox = new Outbox(producer);
        try {
            return new Worker(settings, probe.vantage(), DomainProber.open(probe, outbox, notices), outbox, consumer);
        } catch (IOException e) {
            outbox.close();
            consumer.close();
            throw e;
        }
    }

    public WorkerStats stats() {
        return new WorkerStats(
                pipeline.read(), pipeline.bad(), pipeline.observed(), pipeline.inFlight(), prober.stats());
    }

    /** Names the roots that chains are judged against; to be kept with the survey. */
    public String trustStoreVersion() {
        return prober.trustStoreVersion();
    }

    /** Completes when the worker has been closed; exceptionally when it had to give up, e.g. as the brokers are gone. */
    public CompletableFuture<Void> finished() {
        return finished.copy();
    }

    /** Reads no more, waits for what is in flight as long as the settings say, and commits. Callable more than once. */
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Throwable fault = null;
        try {
            work();
            drain();
        } catch (RuntimeException e) {
            fault = e;
        }
        fault = fault == null ? failureOfOutbox() : fault;
        try {
            outbox.close(); // from here on nothing is written, whatever still comes in
            reader.close();
            prober.close();
        } catch (RuntimeException e) {
            fault = fault == null ? e : fault;
        }
        if (fault == null) {
            finished.complete(null);
        } else {
            LOG.error("worker gives up: {}", fault.toString());
            finished.completeExceptionally(fault);
        }
    }

    private void work() {
        long lastCommit = System.nanoTime();
        while (!stopping && failureOfOutbox() == null) {
            reader.readOn();
            if (System.nanoTime() - lastCommit >= settings.commitEvery().toNanos()) {
                reader.commit();
                lastCommit = System.nanoTime();
            }
        }
    }

    private void drain() {
        long deadline = System.nanoTime() + settings.drain().toNanos();
        while (pipeline.inFlight() > 0 && System.nanoTime() < deadline && failureOfOutbox() == null) {
            reader.linger();
        }
        if (pipeline.inFlight() > 0) {
            LOG.info("{} targets are left for the next worker", pipeline.inFlight());
        }
    }

    private Throwable failureOfOutbox() {
        return outbox.failure().handle((done, failure) -> failure).getNow(null);
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
