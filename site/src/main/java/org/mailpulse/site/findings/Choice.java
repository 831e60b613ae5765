package org.mailpulse.site.findings;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.survey.VantageName;
import org.mailpulse.warehouse.SurveyRow;

/** The survey, vantage point and population that a page is about. */
public record Choice(String survey, String vantage, String population) {
    private static final Comparator<SurveyRow> FIRST = Comparator.comparing(SurveyRow::isClosed)
            .thenComparing(row -> SurveyName.date(row.survey()))
            .thenComparing(row -> row.vantage().equals(VantageName.CONSENSUS))
            .reversed()
            .thenComparing(SurveyRow::vantage);

    /**
     * What is asked for, where it leaves a choice: finished before unfinished, then the newest, then what all vantage
     * points know together, then the vantage point that comes first by name.
     *
     * @return empty if there is no survey at all
     * @throws RefusedException if no survey fits
     */
    public static Optional<SurveyRow> among(List<SurveyRow> surveys, Asked asked) throws RefusedException {
        if (surveys.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(surveys.stream()
                .filter(row -> asked.survey() == null || asked.survey().equals(row.survey()))
                .filter(row -> asked.vantage() == null || asked.vantage().equals(row.vantage()))
                .min(FIRST)
                .orElseThrow(() -> RefusedException.unknown(nothingFits(asked))));
    }

    private static String nothingFits(Asked asked) {
        return "There is no survey" + (asked.survey() == null ? "" : " " + asked.survey())
                + (asked.vantage() == null ? "" : " from “" + asked.vantage() + "”") + ".";
    }

    public boolean isEverything() {
        return population.equals(RollupKey.EVERYTHING);
    }

    public Choice withSurvey(String other) {
        return new Choice(other, vantage, population);
    }

    public Choice withPopulation(String other) {
        return new Choice(survey, vantage, other);
    }

    /** The page's address, relative to the site. */
    public String link() {
        return "/?survey=" + encode(survey) + "&vantage=" + encode(vantage)
                + (isEverything() ? "" : "&population=" + encode(population));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
