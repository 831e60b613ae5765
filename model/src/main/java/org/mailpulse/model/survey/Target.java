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
 * @param vantages all vantage points of the survey, sorted, where there are several; empty where there is one
 * @param addressees those whose answer is still missing; empty: whoever reads it, as in older records
 */
public record Target(
        int schema,
        String survey,
        long seq,
        String domain,
        List<String> populations,
        String organisation,
        String category,
        String country,
        List<String> vantages,
        List<String> addressees) {

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
        vantages = vantages == null ? List.of() : List.copyOf(vantages);
        addressees = addressees == null ? List.of() : List.copyOf(addressees);
    }

    public static Target of(String survey, long seq, String domain, List<String> populations) {
        return new Target(Schema.RECORDS, survey, seq, domain, populations, "", "", "", List.of(), List.of());
    }

    /**
     * The same target, to be answered from some of a survey's vantage points.
     *
     * @param all of the survey, one or several
     * @param missing those that are asked
     */
    public Target askedFrom(List<String> all, List<String> missing) {
        return new Target(
                schema,
                survey,
                seq,
                domain,
                populations,
                organisation,
                category,
                country,
                all.size() > 1 ? all : List.of(),
                missing);
    }

    /** Whether an answer from there is wanted. */
    public boolean isFor(String vantage) {
        return (vantages.isEmpty() || vantages.contains(vantage))
                && (addressees.isEmpty() || addressees.contains(vantage));
    }
}
