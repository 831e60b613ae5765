package org.mailpulse.probe.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.wire.BadRecordException;
import org.mailpulse.model.wire.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of one record: decode, observe, write. What is asked of other vantage points only is passed over. */
final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final String vantage;
    private final Function<Target, CompletableFuture<Observation>> prober;
    private final Function<Observation, CompletableFuture<Void>> writer;
    private final LongAdder read = new LongAdder();
    private final LongAdder bad = new LongAdder();
    private final LongAdder observed = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();

    Pipeline(
            String vantage,
            Function<Target, CompletableFuture<Observation>> prober,
            Function<Observation, CompletableFuture<Void>> writer) {
        this.vantage = vantage;
        this.prober = prober;
        this.writer = writer;
    }

    /**
     * @param where for the log, e.g. topic, partition and offset
     * @param finished run when nothing more is to be done for the record: its observation is written, or it is a bad
     *     one or not for us; not run if the observation could not be written
     */
    void take(byte[] value, String where, Runnable finished) {
        read.increment();
        Target target;
        try {
            target = Wire.readTarget(value);
        } catch (BadRecordException e) {
            bad.increment();
            LOG.warn("{} is skipped: {}", where, e.getMessage());
            finished.run();
            return;
        }
        if (!target.isFor(vantage)) {
            finished.run();
            return;
        }
        inFlight.incrementAndGet();
        prober.apply(target).thenCompose(writer).whenComplete((written, failure) -> {
            if (failure == null) {
                observed.increment();
                finished.run();
            }
            inFlight.decrementAndGet();
        });
    }

    int inFlight() {
        return inFlight.get();
    }

    long read() {
        return read.sum();
    }

    long bad() {
        return bad.sum();
    }

    long observed() {
        return observed.sum();
    }
}
