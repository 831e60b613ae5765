package org.mailpulse.benchmarks.stream;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.model.wire.BadRecordException;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.stream.intake.RawRecord;

/** Observation → its number: all that is done is to decode it. */
final class Decode extends ProcessFunction<RawRecord, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(RawRecord record, Context context, Collector<Long> out) throws BadRecordException {
        if (!record.clock()) {
            out.collect(Wire.readObservation(record.value()).seq());
        }
    }
}
