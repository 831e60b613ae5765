package org.mailpulse.stream.count;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.survey.SurveyName;

/** Each host is counted once in a cell, by the newest facts that any domain of the cell has about it. */
public final class DistinctHosts extends KeyedProcessFunction<HostUse.Key, HostUse, HostCorrection> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<HostDigest> counted;

    @Override
    public void open(OpenContext context) {
        counted = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("counted", TypeInformation.of(HostDigest.class)));
    }

    @Override
    public void processElement(HostUse use, Context context, Collector<HostCorrection> out) throws Exception {
        HostDigest before = counted.value();
        if (before == null) {
            long closed = SurveyName.eventTime(use.cell().survey()).toEpochMilli();
            context.timerService().registerEventTimeTimer(closed + 1);
        } else if (!use.host().isNewerThan(before)) {
            return;
        }
        counted.update(use.host());
        out.collect(new HostCorrection(
                use.cell(), before == null ? null : before.metrics(), use.host().metrics()));
    }

    /** A later survey has closed: no host of this one will be told any more. */
    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<HostCorrection> out) {
        counted.clear();
    }
}
