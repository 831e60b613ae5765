package org.mailpulse.stream.intake;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.wire.BadRecordException;
import org.mailpulse.model.wire.Wire;

/**
 * Event time is the date of the survey, and it moves when a clock record closes a survey: never by observations, by the
 * passing of time, or because a partition is idle. One generator serves one partition; the source takes the least of
 * its partitions, so a survey is closed when its clock record has come through each of them.
 */
public final class ClockWatermarks implements WatermarkGenerator<RawRecord> {
    private ClockWatermarks() {}

    public static WatermarkStrategy<RawRecord> strategy() {
        return WatermarkStrategy.forGenerator(context -> new ClockWatermarks());
    }

    /** A watermark t says that no observation of a survey dated t or before is to come. */
    @Override
    public void onEvent(RawRecord record, long timestamp, WatermarkOutput output) {
        if (record.clock()) {
            try {
                String closed = Wire.readClock(record.value()).closes();
                output.emitWatermark(new Watermark(SurveyName.eventTime(closed).toEpochMilli()));
            } catch (BadRecordException e) {
                // no clock; JudgeObservations sets it aside
            }
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        // time alone proves nothing
    }
}
