package org.mailpulse.stream.rejudge;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.mailpulse.model.survey.SurveyName;

/**
 * Event time moves behind the last slice of a survey. It stays behind it on the way: readers take slices and watermarks in the
 * order in which they come, and have sent on all of a slice before they take the next.
 */
final class SliceWatermarks implements WatermarkGenerator<ArchiveSlice> {
    private SliceWatermarks() {}

    static WatermarkStrategy<ArchiveSlice> strategy() {
        return WatermarkStrategy.forGenerator(context -> new SliceWatermarks());
    }

    @Override
    public void onEvent(ArchiveSlice slice, long timestamp, WatermarkOutput output) {
        if (slice.isEnd()) {
            output.emitWatermark(
                    new Watermark(SurveyName.eventTime(slice.survey()).toEpochMilli()));
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        // time alone proves nothing
    }
}
