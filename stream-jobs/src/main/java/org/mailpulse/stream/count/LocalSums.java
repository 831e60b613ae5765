package org.mailpulse.stream.count;

import java.io.Serializable;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.mailpulse.model.rollup.CellKey;
import org.mailpulse.model.rollup.Counts;

/**
 * Adds up before anything is sent over the network: millions of domains, but few cells, and a giant's cell would
 * keep one machine busy. It has no state in checkpoints; it lets go of all it holds before each barrier, before each
 * watermark, a moment after the first element, and when it holds too much.
 */
public final class LocalSums<T, K extends CellKey> extends AbstractStreamOperator<Delta<K>>
        implements OneInputStreamOperator<T, Delta<K>>, BoundedOneInput {
    private static final long serialVersionUID = 1L;
    /** About 0.8 KB each. */
    static final int MAX_CELLS = 20_000;

    /** What an element adds to which cells. */
    @FunctionalInterface
    public interface Contribution<T, K> extends Serializable {
        void add(T element, Sums<K> sums);
    }

    private final Contribution<T, K> contribution;
    private final long patienceMillis;
    private transient Sums<K> sums;

    public LocalSums(Contribution<T, K> contribution, long patienceMillis) {
        this.contribution = contribution;
        this.patienceMillis = patienceMillis;
    }

    @Override
    public void open() throws Exception {
        super.open();
        sums = new Sums<>();
    }

    @Override
    public void processElement(StreamRecord<T> element) {
        boolean first = sums.cells() == 0;
        contribution.add(element.getValue(), sums);
        if (first && sums.cells() > 0) {
            long due = getProcessingTimeService().getCurrentProcessingTime() + patienceMillis;
            getProcessingTimeService().registerTimer(due, time -> flush());
        }
        if (sums.cells() >= MAX_CELLS) {
            flush();
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flush();
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public void endInput() {
        flush();
    }

    private void flush() {
        sums.drain((cell, counts) -> {
            if (!counts.equals(Counts.ZERO)) {
                output.collect(new StreamRecord<>(new Delta<>(cell, counts)));
            }
        });
    }
}
