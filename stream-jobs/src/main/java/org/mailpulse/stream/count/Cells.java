package org.mailpulse.stream.count;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.mailpulse.model.rollup.CellKey;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.survey.SurveyName;

/**
 * The cells of a cube. A changed cell is sent out as a whole row, a moment after its first change so that many
 * changes make one row, and before each watermark and each barrier. So whenever a checkpoint is complete, the rows that
 * the sink has written are the state that the checkpoint holds.
 *
 * <p>A cell is forgotten when a later survey closes: no change of it can come any more.
 */
public final class Cells<K extends CellKey, R> extends AbstractStreamOperator<R>
        implements OneInputStreamOperator<Delta<K>, R>, Triggerable<K, VoidNamespace>, BoundedOneInput {
    private static final long serialVersionUID = 1L;
    static final int MAX_CHANGED = 50_000;

    /** Makes the row of a cell. */
    @FunctionalInterface
    public interface RowMaker<K, R> extends Serializable {
        /** @param version greater than that of any row of the cell before */
        R row(K cell, Counts counts, long version);
    }

    private final RowMaker<K, R> rows;
    private final long patienceMillis;
    private transient ValueState<Cell> cell;
    private transient Set<K> changed;
    private transient InternalTimerService<VoidNamespace> timers;

    public Cells(RowMaker<K, R> rows, long patienceMillis) {
        this.rows = rows;
        this.patienceMillis = patienceMillis;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        cell = context.getKeyedStateStore()
                .getState(new ValueStateDescriptor<>("cell", TypeInformation.of(Cell.class)));
    }

    @Override
    public void open() throws Exception {
        super.open();
        changed = new HashSet<>();
        timers = getInternalTimerService("forget", VoidNamespaceSerializer.INSTANCE, this);
    }

    @Override
    public void processElement(StreamRecord<Delta<K>> element) throws Exception {
        Delta<K> delta = element.getValue();
        Cell before = cell.value();
        if (before == null) {
            before = Cell.EMPTY;
            long surveyTime = SurveyName.eventTime(delta.cell().survey()).toEpochMilli();
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, surveyTime + 1);
        }
        cell.update(before.plus(delta.counts()));
        if (changed.isEmpty()) {
            long due = getProcessingTimeService().getCurrentProcessingTime() + patienceMillis;
            getProcessingTimeService().registerTimer(due, time -> flush());
        }
        changed.add(delta.cell());
        if (changed.size() >= MAX_CHANGED) {
            flush();
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flush();
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
    }

    @Override
    public void endInput() throws Exception {
        flush();
    }

    @Override
    public void onEventTime(InternalTimer<K, VoidNamespace> timer) {
        cell.clear();
    }

    @Override
    public void onProcessingTime(InternalTimer<K, VoidNamespace> timer) {
        throw new IllegalStateException("no such timer is ever set");
    }

    private void flush() throws Exception {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        for (K key : changed) {
            setCurrentKey(key);
            Cell sent = cell.value().nextVersion(now);
            cell.update(sent);
            output.collect(new StreamRecord<>(rows.row(key, sent.counts(), sent.version())));
        }
        changed.clear();
    }
}
