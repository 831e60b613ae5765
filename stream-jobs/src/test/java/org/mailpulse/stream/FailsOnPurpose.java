package org.mailpulse.stream;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.mailpulse.stream.intake.RawRecord;

/** Fails a number of times, each time some records after a checkpoint was completed. */
final class FailsOnPurpose extends RichMapFunction<RawRecord, RawRecord> implements CheckpointListener {
    private static final long serialVersionUID = 1L;
    private static final int RECORDS_AFTER_CHECKPOINT = 60;
    private static final Map<String, AtomicInteger> FAILURES_LEFT = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private transient boolean hasCheckpoint;
    private transient int since;

    FailsOnPurpose(int times) {
        FAILURES_LEFT.put(id, new AtomicInteger(times));
    }

    int failuresLeft() {
        return FAILURES_LEFT.get(id).get();
    }

    @Override
    public RawRecord map(RawRecord record) {
        if (hasCheckpoint && since++ == RECORDS_AFTER_CHECKPOINT) {
            AtomicInteger left = FAILURES_LEFT.get(id);
            if (left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new IllegalStateException("failure on purpose");
            }
        }
        return record;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        hasCheckpoint = true;
    }
}
