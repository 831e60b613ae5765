package org.mailpulse.stream.intake;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.model.wire.BadRecordException;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.warehouse.ArchivedHandshake;

/** Handshake → verdict on the endpoint; of surveys from several vantage points by {@link JudgedHost#AMONG_SEVERAL}. Clock records are for others: endpoints have no event time. */
public final class JudgeHandshakes extends ProcessFunction<RawRecord, JudgedHost> {
    private static final long serialVersionUID = 1L;

    /** All handshakes, as they came. */
    public static final OutputTag<ArchivedHandshake> ARCHIVE =
            new OutputTag<>("archived-handshakes", TypeInformation.of(ArchivedHandshake.class));

    private final Judging judging;

    public JudgeHandshakes() {
        this(Judging.PRESENT);
    }

    public JudgeHandshakes(Judging judging) {
        this.judging = judging;
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<JudgedHost> out) {
        if (record.clock()) {
            return;
        }
        try {
            judge(record.value(), context, out);
        } catch (BadRecordException e) {
            context.output(Aside.TAG, Aside.bad(Aside.Cause.BAD_HANDSHAKE, record, e));
        }
    }

    private void judge(byte[] json, Context context, Collector<JudgedHost> out) throws BadRecordException {
        Handshake seen = Wire.readHandshake(json);
        if (!judging.tells(seen.survey())) {
            return;
        }
        Rank rank = Rank.of(seen.probedAt(), json);
        JudgedHost judged = new JudgedHost(verdict(seen), rank);
        if (seen.vantages().size() > 1) {
            context.output(JudgedHost.AMONG_SEVERAL, judged);
        } else {
            out.collect(judged);
        }
        context.output(
                ARCHIVE,
                new ArchivedHandshake(
                        seen.survey(),
                        seen.vantage(),
                        seen.mxHost(),
                        seen.address(),
                        seen.probedAt(),
                        rank.fingerprint(),
                        json));
    }

    private HostVerdict verdict(Handshake seen) throws BadRecordException {
        try {
            return HostVerdict.judge(seen, judging.method());
        } catch (RuntimeException e) {
            throw new BadRecordException("handshake of '" + seen.mxHost() + "' cannot be judged: " + e, e);
        }
    }
}
