package org.mailpulse.benchmarks.stream;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.stream.count.DomainKey;
import org.mailpulse.stream.intake.Rank;

/** Lets the first and each newer observation of a domain through, whatever its survey, and remembers the newest. */
final class OncePerDomain extends KeyedProcessFunction<DomainKey, Seen, Long> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<Rank> newest;

    @Override
    public void open(OpenContext context) {
        newest = getRuntimeContext().getState(new ValueStateDescriptor<>("newest", TypeInformation.of(Rank.class)));
    }

    @Override
    public void processElement(Seen seen, Context context, Collector<Long> out) throws Exception {
        Rank before = newest.value();
        if (before == null || seen.rank().isAfter(before)) {
            newest.update(seen.rank());
            out.collect(seen.rank().fingerprint());
        }
    }
}
