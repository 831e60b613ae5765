package org.mailpulse.stream.count;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.stream.intake.JudgedHost;
import org.mailpulse.stream.intake.Rank;

/**
 * Per endpoint and survey the newest handshake holds, whichever worker made it. Handshakes have no clock of their own:
 * an endpoint is forgotten when it has not been heard of for longer than a survey can last.
 */
public final class NewestHost extends KeyedProcessFunction<HostKey, JudgedHost, HostVerdict> {
    private static final long serialVersionUID = 1L;
    private static final Duration MEMORY = Duration.ofDays(40);

    private transient ValueState<Rank> newest;

    @Override
    public void open(OpenContext context) {
        ValueStateDescriptor<Rank> descriptor = new ValueStateDescriptor<>("newest", TypeInformation.of(Rank.class));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(MEMORY).build());
        newest = getRuntimeContext().getState(descriptor);
    }

    @Override
    public void processElement(JudgedHost judged, Context context, Collector<HostVerdict> out) throws Exception {
        Rank before = newest.value();
        if (before == null || judged.rank().isAfter(before)) {
            newest.update(judged.rank());
            out.collect(judged.verdict());
        }
    }
}
