package org.mailpulse.stream.count;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;

/**
 * Adds deltas up before they are sent over the network: millions of domains, but few cells, and a giant's cell would
 * keep one machine busy. It has no state in checkpoints; it lets go of all it holds before each barrier, before each
 * watermark, a moment after the first delta, and when it holds too much.
 */
public final class LocalSums extends AbstractStreamOperator<RollupDelta>
        implements OneInputStreamOperator<RollupDelta, RollupDelta>, BoundedOneInput {
    private static final long serialVersionUID = 1L;
    /** About 0.6 KB each. */
    static final int MAX_CELLS = 20_000;

    private final long patienceMillis;
    private transient Map<RollupKey, Counts> sums;

    public LocalSums(long patienceMillis) {
        this.patienceMillis = patienceMillis;
    }

    @Override
    public void open() throws Exception {
        super.open();
        sums = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<RollupDelta> element) {
        if (sums.isEmpty()) {
            long due = getProcessingTimeService().getCurrentProcessingTime() + patienceMillis;
            getProcessingTimeService().registerTimer(due, time -> flush());
        }
        RollupDelta delta = element.getValue();
        sums.merge(delta.cell(), delta.counts(), Counts::plus);
        if (sums.size() >= MAX_CELLS) {
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
        sums.forEach((cell, counts) -> {
            if (!counts.equals(Counts.ZERO)) {
                output.collect(new StreamRecord<>(new RollupDelta(cell, counts)));
            }
        });
        sums.clear();
    }
}
