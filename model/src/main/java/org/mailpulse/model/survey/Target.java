package org.mailpulse.model.survey;

import java.util.List;
import org.mailpulse.model.Schema;

/**
 * One domain to be asked in one survey; the value of topic {@code mailpulse.targets}.
 *
 * @param seq number of the target in its pinned list, 0…n-1: the coordinator counts by it
 * @param domain A-labels, lower case, no trailing dot
 * @param populations names of the lists that hold the domain, sorted; may be empty
 * @param organisation empty where unknown, as are category and country
 */
public record Target(
        int schema,
        String survey,
        long seq,
        String domain,
        List<String> populations,
        String organisation,
        String category,
        String country) {

    public Target {
        SurveyName.check(survey);
        if (seq < 0) {
            throw new IllegalArgumentException("seq must not be negative, is " + seq);
        }
        if (domain == null || domain.isEmpty()) {
            throw new IllegalArgumentException("domain must not be empty");
        }
        populations = populations == null ? List.of() : List.copyOf(populations);
        organisation = organisation == null ? "" : organisation;
        category = category == null ? "" : category;
        country = country == null ? "" : country;
    }

    public static Target of(String survey, long seq, String domain, List<String> populations) {
        return new Target(Schema.RECORDS, survey, seq, domain, populations, "", "", "");
    }
}
