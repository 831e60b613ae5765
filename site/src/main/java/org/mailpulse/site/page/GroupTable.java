package org.mailpulse.site.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.verdict.ProviderKind;
import org.mailpulse.model.verdict.ProviderRules;
import org.mailpulse.site.findings.Choice;
import org.mailpulse.site.findings.Findings;
import org.mailpulse.site.findings.Findings.Past;
import org.mailpulse.site.findings.Findings.Ranking;
import org.mailpulse.warehouse.Group;

/** Groups of domains below each other, each with its none, some and all. */
public record GroupTable(String id, String title, String lead, String head, List<Row> rows) {
    private static final String NAMELESS = "could not be told";

    /**
     * One group.
     *
     * @param link empty where the name leads nowhere
     * @param note behind the name; may be empty
     * @param current whether the page is about this one
     * @param blank why there are no shares; empty if there are
     */
    public record Row(
            String name,
            String link,
            String note,
            boolean current,
            String known,
            String eligible,
            String coverage,
            String blank,
            List<Part> parts) {

        static Row of(String name, Counts counts) {
            Figures figures = new Figures(counts);
            return new Row(
                    name,
                    "",
                    "",
                    false,
                    figures.known(),
                    figures.eligible(),
                    figures.coverage(),
                    figures.blank(),
                    figures.adoption());
        }

        Row linked(String target, boolean isCurrent) {
            return new Row(name, target, note, isCurrent, known, eligible, coverage, blank, parts);
        }

        Row noted(String text) {
            return new Row(name, link, text, current, known, eligible, coverage, blank, parts);
        }
    }

    static GroupTable byTld(Findings findings) {
        return new GroupTable(
                "tlds",
                "By top-level domain",
                "Where the domain is registered, the biggest first.",
                "Top-level domain",
                ranked(findings.tlds(), name -> "." + name, name -> ""));
    }

    static GroupTable byProvider(Findings findings) {
        return new GroupTable(
                "providers",
                "By mail provider",
                "Who runs the inbound mail, told by the most preferred mail server; a filtering service hides whoever"
                        + " stands behind it.",
                "Provider",
                ranked(findings.providers(), ProviderRules.known()::displayName, GroupTable::providerNote));
    }

    static GroupTable byPopulation(Findings findings) {
        Choice choice = findings.choice();
        return new GroupTable(
                "populations",
                "By list",
                "The named lists of this survey. A domain can be in several, so they do not add up.",
                "List",
                findings.populations().stream()
                        .map(list -> Row.of(Format.name(list.name()), list.counts())
                                .linked(
                                        choice.withPopulation(list.name()).link(),
                                        list.name().equals(choice.population())))
                        .toList());
    }

    static GroupTable history(Findings findings) {
        boolean oneMethod = findings.history().stream()
                        .map(past -> past.survey().methodVersion())
                        .distinct()
                        .count()
                <= 1;
        return new GroupTable(
                "history",
                "Survey by survey",
                "Each from the same vantage point. Domains come and go between surveys: a difference need not mean that"
                        + " a server has changed.",
                "Survey",
                findings.history().stream()
                        .map(past -> row(findings.choice(), past, oneMethod))
                        .toList());
    }

    private static Row row(Choice choice, Past past, boolean oneMethod) {
        String name = past.survey().survey();
        List<String> notes = new ArrayList<>();
        if (!past.survey().isClosed()) {
            notes.add("not finished");
        }
        if (!oneMethod) {
            notes.add("method " + past.survey().methodVersion());
        }
        return Row.of(Format.survey(name), past.counts())
                .linked(choice.withSurvey(name).link(), name.equals(choice.survey()))
                .noted(String.join(", ", notes));
    }

    private static String providerNote(String provider) {
        return ProviderRules.known()
                        .kind(provider)
                        .filter(kind -> kind == ProviderKind.GATEWAY)
                        .isPresent()
                ? "filters or forwards"
                : "";
    }

    private static List<Row> ranked(Ranking ranking, UnaryOperator<String> naming, UnaryOperator<String> note) {
        List<Row> rows = new ArrayList<>();
        for (Group group : ranking.groups()) {
            String name = group.name().isEmpty() ? NAMELESS : Format.name(naming.apply(group.name()));
            rows.add(Row.of(name, group.counts()).noted(note.apply(group.name())));
        }
        if (ranking.others() != null) {
            rows.add(Row.of("all others", ranking.others()));
        }
        return List.copyOf(rows);
    }
}
