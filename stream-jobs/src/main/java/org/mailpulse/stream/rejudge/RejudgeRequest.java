package org.mailpulse.stream.rejudge;

import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.verdict.Method;

/**
 * What somebody wants to have judged again.
 *
 * @param from name of the first survey; null for the oldest
 * @param to name of the last survey; null for the newest
 * @param source null: the archive where it is whole, else Kafka
 */
public record RejudgeRequest(Method method, String from, String to, RecordSource source) {
    /** @throws IllegalArgumentException if a name is none, or {@code from} is after {@code to} */
    public RejudgeRequest {
        if (from != null) {
            SurveyName.check(from);
        }
        if (to != null) {
            SurveyName.check(to);
        }
        if (from != null && to != null && SurveyName.date(from).isAfter(SurveyName.date(to))) {
            throw new IllegalArgumentException("--from " + from + " is after --to " + to);
        }
    }

    boolean covers(String survey) {
        return (from == null || !SurveyName.date(survey).isBefore(SurveyName.date(from)))
                && (to == null || !SurveyName.date(survey).isAfter(SurveyName.date(to)));
    }
}
