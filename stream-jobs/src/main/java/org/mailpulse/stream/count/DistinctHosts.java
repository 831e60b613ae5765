package org.mailpulse.stream.count;

import java.util.HashSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.rollup.HostRollupKey;
import org.mailpulse.model.rollup.MetricSet;
import org.mailpulse.model.survey.SurveyName;

/**
 * Each host is counted once in every cell whose domains use it, by the newest facts that any of them has about it. All cells of a host are
 * one piece of state: most hosts serve a single domain, and are in a handful.
 */
public final class DistinctHosts extends KeyedProcessFunction<HostUse.Key, HostUse, HostCorrection> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<CountedHost> counted;

    @Override
    public void open(OpenContext context) {
        counted = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("counted-host", TypeInformation.of(CountedHost.class)));
    }

    @Override
    public void processElement(HostUse use, Context context, Collector<HostCorrection> out) throws Exception {
        CountedHost before = counted.value();
        if (before == null) {
            long closed = SurveyName.eventTime(use.survey()).toEpochMilli();
            context.timerService().registerEventTimeTimer(closed + 1);
            before = new CountedHost(use.host(), new HashSet<>());
        }
        HostDigest newest = use.host().isNewerThan(before.newest()) ? use.host() : before.newest();
        correct(before, newest.metrics(), out);
        for (HostRollupKey cell : HostRollupKey.cellsOf(
                use.survey(), use.vantage(), use.populations(), use.tld(), use.provider(), use.methodVersion())) {
            if (before.cells().add(cell)) {
                out.collect(new HostCorrection(cell, null, newest.metrics()));
            }
        }
        counted.update(new CountedHost(newest, before.cells()));
    }

    private static void correct(CountedHost before, MetricSet now, Collector<HostCorrection> out) {
        MetricSet former = before.newest().metrics();
        if (!former.equals(now)) {
            before.cells().forEach(cell -> out.collect(new HostCorrection(cell, former, now)));
        }
    }

    /** A later survey has closed: no host of this one will be told any more. */
    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<HostCorrection> out) {
        counted.clear();
    }
}
