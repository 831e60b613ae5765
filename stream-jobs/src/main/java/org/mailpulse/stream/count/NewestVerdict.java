package org.mailpulse.stream.count;

import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.stream.intake.Aside;
import org.mailpulse.stream.intake.JudgedDomain;

/**
 * Per domain and survey the newest verdict holds; duplicates and older ones end here. A survey that is closed no longer
 * changes: what is newer is set aside as late. Its state stays until a later survey closes, so that replays are still
 * known for what they are, and so that two surveys can be compared.
 *
 * <p>Watermarks are not in checkpoints, so how far the surveys are closed is kept as state: a replay after a restore
 * would reopen them otherwise. It is union state since each instance needs all of it when their number changes. All
 * instances hold the same value as long as checkpoints are aligned: every clock record reaches every one of them before
 * the same barrier.
 */
public final class NewestVerdict extends AbstractStreamOperator<Correction>
        implements OneInputStreamOperator<JudgedDomain, Correction>, Triggerable<DomainKey, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private transient MapState<String, Counted> countedBySurvey;
    private transient ListState<Long> closedThroughState;
    private transient long closedThrough;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Counter late;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        countedBySurvey = context.getKeyedStateStore()
                .getMapState(new MapStateDescriptor<>("counted", Types.STRING, TypeInformation.of(Counted.class)));
        closedThroughState = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("closed-through", Types.LONG));
        closedThrough = Long.MIN_VALUE;
        for (long restored : closedThroughState.get()) {
            closedThrough = Math.max(closedThrough, restored);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("forget", VoidNamespaceSerializer.INSTANCE, this);
        late = getMetricGroup().counter("late");
    }

    @Override
    public void processElement(StreamRecord<JudgedDomain> element) throws Exception {
        JudgedDomain judged = element.getValue();
        String survey = judged.verdict().survey();
        Counted before = countedBySurvey.get(survey);
        if (before != null && !judged.rank().isAfter(before.rank())) {
            return;
        }
        long surveyTime = SurveyName.eventTime(survey).toEpochMilli();
        if (surveyTime <= closedThrough) {
            late.inc();
            output.collect(Aside.TAG, new StreamRecord<>(late(judged)));
            return;
        }
        countedBySurvey.put(survey, Counted.of(judged));
        if (before == null) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, surveyTime + 1);
        }
        output.collect(new StreamRecord<>(new Correction(before == null ? null : before.verdict(), judged.verdict())));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        closedThrough = Math.max(closedThrough, mark.getTimestamp());
        super.processWatermark(mark);
    }

    /** A survey later than the one that set the timer has closed. */
    @Override
    public void onEventTime(InternalTimer<DomainKey, VoidNamespace> timer) throws Exception {
        Iterator<Map.Entry<String, Counted>> entries = countedBySurvey.iterator();
        while (entries.hasNext()) {
            if (SurveyName.eventTime(entries.next().getKey()).toEpochMilli() < timer.getTimestamp()) {
                entries.remove();
            }
        }
        if (countedBySurvey.isEmpty()) {
            countedBySurvey.clear(); // on the heap an emptied map would stay
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<DomainKey, VoidNamespace> timer) {
        throw new IllegalStateException("no such timer is ever set");
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        closedThroughState.clear();
        closedThroughState.add(closedThrough);
    }

    private static Aside late(JudgedDomain judged) {
        var verdict = judged.verdict();
        return new Aside(
                Aside.Cause.LATE,
                verdict.domain() + " in " + verdict.survey() + " from " + verdict.vantage(),
                "observed " + verdict.observedAt() + ", but the survey is closed");
    }
}
