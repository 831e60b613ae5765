package org.mailpulse.site.page;

import java.util.ArrayList;
import java.util.List;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.site.findings.Findings;
import org.mailpulse.warehouse.SurveyRow;

/**
 * The page, in words and numbers as they are shown.
 *
 * @param population of which list, in words
 * @param blank why there are no shares; empty if there are
 * @param adoption none, some, all
 * @param enforcementMeasured whether DANE or MTA-STS was looked at for any domain
 * @param history null if there is only one survey
 * @param populations null if the survey's list names none
 */
public record PageView(
        Survey survey,
        String population,
        boolean everything,
        Chooser chooser,
        boolean counted,
        String eligible,
        String known,
        String unknown,
        String coverage,
        String blank,
        List<Part> adoption,
        List<Part> ladder,
        boolean enforcementMeasured,
        String enforcementBroken,
        GroupTable history,
        GroupTable tlds,
        GroupTable providers,
        GroupTable populations,
        List<Part> certificates,
        List<Part> tlsVersions,
        Accounting accounting) {

    /** @param closedAt empty while it runs */
    public record Survey(
            String name,
            String label,
            String vantage,
            boolean closed,
            String startedAt,
            String closedAt,
            String targets,
            String rejected,
            String listId,
            String trustStore,
            int method) {

        static Survey of(SurveyRow row) {
            return new Survey(
                    row.survey(),
                    Format.survey(row.survey()),
                    Format.name(row.vantage()),
                    row.isClosed(),
                    Format.moment(row.startedAt()),
                    row.isClosed() ? Format.moment(row.closedAt()) : "",
                    Format.count(row.targets()),
                    Format.count(row.rejected()),
                    Format.name(row.listId()),
                    Format.name(row.trustStore()),
                    row.methodVersion());
        }
    }

    public static PageView of(Findings findings) {
        Figures figures = new Figures(findings.totals());
        boolean measured = figures.get(Metric.DANE_MEASURED) > 0 || figures.get(Metric.MTA_STS_MEASURED) > 0;
        return new PageView(
                Survey.of(findings.survey()),
                findings.choice().isEverything()
                        ? Chooser.EVERYTHING
                        : Format.name(findings.choice().population()),
                findings.choice().isEverything(),
                Chooser.of(findings),
                figures.get(Metric.DOMAINS) > 0,
                Format.domains(figures.get(Metric.ELIGIBLE)),
                figures.known(),
                Format.count(figures.get(Metric.ADOPTION_UNKNOWN)),
                figures.coverage(),
                figures.blank(),
                figures.adoption(),
                ladder(figures, measured),
                measured,
                Format.domains(figures.get(Metric.ENFORCEMENT_BROKEN)),
                findings.history().size() > 1 ? GroupTable.history(findings) : null,
                GroupTable.byTld(findings),
                GroupTable.byProvider(findings),
                findings.populations().isEmpty() ? null : GroupTable.byPopulation(findings),
                withRest(figures, Wording.CERTIFICATES, "None seen", "no encrypted connection came about"),
                withRest(figures, Wording.TLS_VERSIONS, "None seen", "no encrypted connection came about"),
                Accounting.of(findings));
    }

    /** From the top down. What nobody looked at is not "nobody has it". */
    private static List<Part> ladder(Figures figures, boolean measured) {
        Wording top = Wording.ENFORCED;
        List<Part> ladder = new ArrayList<>();
        ladder.add(
                measured || figures.get(top.metric()) > 0
                        ? figures.of(top)
                        : Part.plain(top.kind(), top.label(), top.meaning(), ""));
        for (int i = Wording.LEVELS.size() - 1; i >= 0; i--) {
            ladder.add(figures.of(Wording.LEVELS.get(i)));
        }
        return List.copyOf(ladder);
    }

    private static List<Part> withRest(Figures figures, List<Wording> wordings, String label, String meaning) {
        List<Part> parts = new ArrayList<>(figures.of(wordings));
        parts.add(figures.rest(label, meaning, wordings));
        return List.copyOf(parts);
    }
}
