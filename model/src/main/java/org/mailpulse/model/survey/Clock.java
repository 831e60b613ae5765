package org.mailpulse.model.survey;

import java.time.Instant;
import org.mailpulse.model.Schema;

/**
 * Says that a survey has ended: no observation of it will come. Written to every partition of
 * {@code mailpulse.observations}, and repeated, since only these records move the event time of the statistics forward.
 *
 * @param closes the survey that ends
 * @param at when the coordinator said so
 */
public record Clock(int schema, String closes, Instant at) {
    public Clock {
        SurveyName.check(closes);
    }

    public static Clock closing(String survey, Instant at) {
        return new Clock(Schema.RECORDS, survey, at);
    }
}
