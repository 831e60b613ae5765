package org.mailpulse.site.findings;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.site.findings.Findings.Past;
import org.mailpulse.site.findings.Findings.Ranking;
import org.mailpulse.warehouse.Group;
import org.mailpulse.warehouse.Statistics;
import org.mailpulse.warehouse.SurveyRow;
import org.mailpulse.warehouse.SurveyStore;
import org.mailpulse.warehouse.Warehouse;

/** Asks the warehouse. Safe for several threads. */
final class FindingsReader {
    /** Groups of one table. */
    static final int MAX_GROUPS = 25;

    /** Two years of months. */
    static final int MAX_HISTORY = 24;

    private final SurveyStore surveys;
    private final Statistics statistics;

    FindingsReader(Warehouse warehouse) {
        surveys = new SurveyStore(warehouse);
        statistics = new Statistics(warehouse);
    }

    List<SurveyRow> surveys() throws SQLException {
        return surveys.all();
    }

    List<Group> populations(String survey, String vantage) throws SQLException {
        return statistics.byPopulation(survey, vantage);
    }

    Findings read(Choice choice, SurveyRow survey, List<SurveyRow> all, List<Group> populations) throws SQLException {
        Counts totals = totals(choice);
        return new Findings(
                choice,
                survey,
                all,
                populations,
                totals,
                Ranking.of(
                        statistics.byTld(choice.survey(), choice.vantage(), choice.population(), MAX_GROUPS + 1),
                        totals,
                        MAX_GROUPS),
                Ranking.of(
                        statistics.byProvider(choice.survey(), choice.vantage(), choice.population(), MAX_GROUPS + 1),
                        totals,
                        MAX_GROUPS),
                history(choice, all));
    }

    private List<Past> history(Choice choice, List<SurveyRow> all) throws SQLException {
        List<SurveyRow> same = all.stream()
                .filter(row -> row.vantage().equals(choice.vantage()))
                .limit(MAX_HISTORY)
                .toList();
        List<Past> history = new ArrayList<>();
        for (SurveyRow row : same) {
            history.add(new Past(row, totals(choice.withSurvey(row.survey()))));
        }
        return history;
    }

    private Counts totals(Choice choice) throws SQLException {
        return statistics.totals(choice.survey(), choice.vantage(), choice.population());
    }
}
