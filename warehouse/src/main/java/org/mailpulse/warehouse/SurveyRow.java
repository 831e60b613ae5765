package org.mailpulse.warehouse;

import java.time.Instant;
import org.mailpulse.model.Schema;
import org.mailpulse.model.survey.SurveyName;

/**
 * A survey from one vantage point.
 *
 * @param listId hash of the pinned target list
 * @param targets domains on the list
 * @param rejected lines of the list that named no domain
 * @param closedAt null while the survey runs
 * @param trustStore version of the trust store
 * @param schemaVersion {@link Schema#RECORDS} of its observations
 * @param methodVersion {@link Schema#METHOD} when it started
 */
public record SurveyRow(
        String survey,
        String vantage,
        String listId,
        long targets,
        long rejected,
        Instant startedAt,
        Instant closedAt,
        String trustStore,
        int schemaVersion,
        int methodVersion) {

    public SurveyRow {
        SurveyName.check(survey);
        if (vantage == null || vantage.isBlank()) {
            throw new IllegalArgumentException("vantage must not be empty");
        }
        if (targets < 0 || rejected < 0) {
            throw new IllegalArgumentException(
                    "targets and rejected must not be negative, are " + targets + " and " + rejected);
        }
    }

    /** A survey that starts now, under the versions of this program. */
    public static SurveyRow starting(
            String survey,
            String vantage,
            String listId,
            long targets,
            long rejected,
            Instant startedAt,
            String trustStore) {
        return new SurveyRow(
                survey, vantage, listId, targets, rejected, startedAt, null, trustStore, Schema.RECORDS, Schema.METHOD);
    }

    public boolean isClosed() {
        return closedAt != null;
    }

    SurveyRow closed(Instant at) {
        return new SurveyRow(
                survey, vantage, listId, targets, rejected, startedAt, at, trustStore, schemaVersion, methodVersion);
    }
}
