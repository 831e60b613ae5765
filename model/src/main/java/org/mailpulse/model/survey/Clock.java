package org.mailpulse.model.survey;

import java.time.Instant;
import java.util.List;
import org.mailpulse.model.Schema;

/**
 * Says that a survey has ended: no observation of it will come. Written to every partition of
 * {@code mailpulse.observations}, and repeated, since only these records move the event time of the statistics forward.
 *
 * @param closes the survey that ends
 * @param at when the coordinator said so
 * @param vantages from which the survey was asked; empty in older records, where it is not known
 */
public record Clock(int schema, String closes, Instant at, List<String> vantages) {
    public Clock {
        SurveyName.check(closes);
        vantages = vantages == null ? List.of() : List.copyOf(vantages);
    }

    public static Clock closing(String survey, List<String> vantages, Instant at) {
        return new Clock(Schema.RECORDS, survey, at, vantages);
    }
}
