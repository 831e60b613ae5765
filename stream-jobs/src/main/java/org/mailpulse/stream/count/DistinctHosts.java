package org.mailpulse.stream.count;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.rollup.HostRollupKey;
import org.mailpulse.model.rollup.MetricSet;
import org.mailpulse.model.survey.SurveyName;

/**
 * Each host is counted once in every cell whose domains use it, by the newest facts that any of them has about it. Who
 * uses it is one small piece of state; only a giant's cells, beyond those, are pieces of their own.
 */
public final class DistinctHosts extends KeyedProcessFunction<HostUse.Key, HostUse, HostCorrection> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<CountedHost> counted;
    private transient SharedParts shared;
    /** Further cells, of a host that has more uses than {@link CountedHost} holds. */
    private transient MapState<HostRollupKey, Boolean> furtherCells;

    @Override
    public void open(OpenContext context) {
        shared = new SharedParts();
        counted = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("counted-host", TypeInformation.of(CountedHost.class)));
        furtherCells = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "further-cells", TypeInformation.of(HostRollupKey.class), Types.BOOLEAN));
    }

    @Override
    public void processElement(HostUse use, Context context, Collector<HostCorrection> out) throws Exception {
        CountedHost before = counted.value();
        CountedHost now = before;
        if (before == null) {
            long closed = SurveyName.eventTime(use.survey()).toEpochMilli();
            context.timerService().registerEventTimeTimer(closed + 1);
            now = CountedHost.first(use);
        } else if (use.host().isNewerThan(before.newest())) {
            correct(before, use, out);
            now = before.with(use.host());
        }
        List<HostRollupKey> added = new ArrayList<>();
        for (HostRollupKey cell : use.cells()) {
            if (!isIn(now, cell)) {
                added.add(cell);
                out.collect(new HostCorrection(cell, null, now.newest().metrics()));
            }
        }
        if (!added.isEmpty() && now.isFull()) {
            for (HostRollupKey cell : added) {
                furtherCells.put(cell, true);
            }
        } else if (!added.isEmpty()) {
            now = now.with(shared.users(use.by()));
        }
        if (now != before) {
            counted.update(now);
        }
    }

    private boolean isIn(CountedHost host, HostRollupKey cell) throws Exception {
        return host.isIn(cell) || host.isFull() && furtherCells.contains(cell);
    }

    private void correct(CountedHost before, HostUse use, Collector<HostCorrection> out) throws Exception {
        MetricSet former = before.newest().metrics();
        HostDigest newest = use.host();
        if (former.equals(newest.metrics())) {
            return;
        }
        Set<HostRollupKey> cells = new HashSet<>(before.cells());
        before.uses().forEach(by -> cells.addAll(use.cells(by)));
        if (before.isFull()) {
            furtherCells.keys().forEach(cells::add);
        }
        cells.forEach(cell -> out.collect(new HostCorrection(cell, former, newest.metrics())));
    }

    /** A later survey has closed: no host of this one will be told any more. */
    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<HostCorrection> out) {
        counted.clear();
        furtherCells.clear();
    }
}
