package org.mailpulse.site.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.site.findings.Choice;
import org.mailpulse.site.findings.Findings;
import org.mailpulse.warehouse.Group;
import org.mailpulse.warehouse.SurveyRow;

/** The form by which a visitor chooses what the page is about. */
public record Chooser(List<Option> surveys, List<Option> vantages, List<Option> populations) {
    static final String EVERYTHING = "all domains";

    public record Option(String value, String label, boolean selected) {}

    static Chooser of(Findings findings) {
        Choice choice = findings.choice();
        // Only surveys of the chosen vantage point, so that the form offers nothing that is not there.
        Stream<String> surveys = findings.surveys().stream()
                .filter(row -> row.vantage().equals(choice.vantage()))
                .map(SurveyRow::survey);
        List<Option> populations = new ArrayList<>();
        populations.add(new Option(RollupKey.EVERYTHING, EVERYTHING, choice.isEverything()));
        populations.addAll(
                options(findings.populations().stream().map(Group::name), choice.population(), Format::name));
        return new Chooser(
                options(surveys, choice.survey(), Format::survey),
                options(
                        findings.surveys().stream()
                                .map(SurveyRow::vantage)
                                .distinct()
                                .sorted(),
                        choice.vantage(),
                        Format::name),
                populations);
    }

    private static List<Option> options(Stream<String> values, String selected, UnaryOperator<String> label) {
        return values.map(value -> new Option(value, label.apply(value), value.equals(selected)))
                .toList();
    }
}
