package org.mailpulse.benchmarks.stream;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.model.wire.BadRecordException;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.stream.intake.RawRecord;

/** Observation → whose it is, and which of two holds. */
final class DecodeToSeen extends ProcessFunction<RawRecord, Seen> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(RawRecord record, Context context, Collector<Seen> out) throws BadRecordException {
        if (!record.clock()) {
            out.collect(Seen.of(Wire.readObservation(record.value()), record.value()));
        }
    }
}
