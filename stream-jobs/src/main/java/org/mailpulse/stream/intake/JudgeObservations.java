package org.mailpulse.stream.intake;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.model.wire.BadRecordException;
import org.mailpulse.model.wire.Wire;

/**
 * Observation → verdict. Clock records end here: what they say travels as the watermark. Of a survey from several vantage
 * points an observation is not judged alone, but leaves by {@link Sighting#TAG}.
 */
public final class JudgeObservations extends ProcessFunction<RawRecord, JudgedDomain> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(RawRecord record, Context context, Collector<JudgedDomain> out) {
        Aside.Cause cause = record.clock() ? Aside.Cause.BAD_CLOCK : Aside.Cause.BAD_OBSERVATION;
        try {
            if (record.clock()) {
                Wire.readClock(record.value());
            } else {
                Observation seen = Wire.readObservation(record.value());
                if (seen.vantages().size() > 1) {
                    context.output(Sighting.TAG, Sighting.of(seen, record.value()));
                } else {
                    out.collect(judge(seen, record.value()));
                }
            }
        } catch (BadRecordException e) {
            context.output(Aside.TAG, new Aside(cause, record.place(), e.getMessage()));
        }
    }

    private static JudgedDomain judge(Observation seen, byte[] json) throws BadRecordException {
        try {
            return new JudgedDomain(DomainJudge.judge(seen), Rank.of(seen.observedAt(), json));
        } catch (RuntimeException e) {
            throw new BadRecordException("observation of '" + seen.domain() + "' cannot be judged: " + e, e);
        }
    }
}
