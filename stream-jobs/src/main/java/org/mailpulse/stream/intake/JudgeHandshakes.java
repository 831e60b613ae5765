package org.mailpulse.stream.intake;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.model.wire.BadRecordException;
import org.mailpulse.model.wire.Wire;

/** Handshake → verdict on the endpoint. Clock records are for others: endpoints have no event time. */
public final class JudgeHandshakes extends ProcessFunction<RawRecord, JudgedHost> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(RawRecord record, Context context, Collector<JudgedHost> out) {
        if (record.clock()) {
            return;
        }
        try {
            out.collect(judge(record.value()));
        } catch (BadRecordException e) {
            context.output(Aside.TAG, Aside.bad(Aside.Cause.BAD_HANDSHAKE, record, e));
        }
    }

    private static JudgedHost judge(byte[] json) throws BadRecordException {
        Handshake seen = Wire.readHandshake(json);
        try {
            return new JudgedHost(HostVerdict.judge(seen), Rank.of(seen.probedAt(), json));
        } catch (RuntimeException e) {
            throw new BadRecordException("handshake of '" + seen.mxHost() + "' cannot be judged: " + e, e);
        }
    }
}
