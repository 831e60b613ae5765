package org.mailpulse.local.command;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.mailpulse.local.stack.DataFolder;
import org.mailpulse.local.stack.Services;
import org.mailpulse.local.terminal.ProviderReport;
import org.mailpulse.warehouse.ProviderSizes;
import org.mailpulse.warehouse.SurveyRow;
import org.mailpulse.warehouse.SurveyStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The largest providers of a survey, and the largest domains for which a rule is wanted. */
@Command(
        name = "providers",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Lists the largest mail providers of a survey, and the largest MX domains that no rule names.",
        footer = {
            "",
            "Examples:",
            "  mailpulse providers",
            "  mailpulse providers --survey 2026-11 --top 50",
            "  mailpulse providers --json"
        })
public final class ProvidersCommand implements Callable<Integer> {
    private static final int MAX_TOP = 10_000;

    @Option(names = "--survey", paramLabel = "2026-11", description = "Name of the survey (default: the newest).")
    String survey;

    @Option(
            names = "--vantage",
            paramLabel = "NAME",
            description = "Vantage point (default: the first by name that took part in the survey).")
    String vantage;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many of each to list, 1 to 10000 (default: ${DEFAULT-VALUE}).")
    int top;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Mixin
    GlobalOptions global;

    @ParentCommand
    MailPulseCommand parent;

    @Override
    public Integer call() throws Exception {
        String name = survey == null ? null : SurveyNames.check(survey);
        if (top < 1 || top > MAX_TOP) {
            throw UserException.usage("--top must be 1 to " + MAX_TOP + ", is " + top);
        }
        try (DataFolder data = Folders.open(global);
                Services services = Services.startWarehouse(data, global.clickhouse)) {
            SurveyRow chosen = choose(new SurveyStore(services.warehouse()).all(), name, data);
            ProviderReport report = report(new ProviderSizes(services.warehouse()), chosen);
            String text = json ? report.json() : report.text();
            text.lines().forEach(parent.console()::print);
        }
        return ExitCode.OK;
    }

    private ProviderReport report(ProviderSizes sizes, SurveyRow chosen) throws SQLException {
        return ProviderReport.read(sizes, chosen.survey(), chosen.vantage(), top);
    }

    /** @param all newest first, then by vantage point */
    private SurveyRow choose(List<SurveyRow> all, String name, DataFolder data) {
        String wanted = name == null && !all.isEmpty() ? all.get(0).survey() : name;
        List<SurveyRow> ofSurvey =
                all.stream().filter(row -> row.survey().equals(wanted)).toList();
        if (ofSurvey.isEmpty()) {
            throw UserException.usage(
                    "there is no survey " + (wanted == null ? "" : wanted + " ") + "in " + data.root());
        }
        return ofSurvey.stream()
                .filter(row -> vantage == null || row.vantage().equals(vantage))
                .findFirst()
                .orElseThrow(() -> UserException.usage(
                        "--vantage: survey " + wanted + " was not made from '" + vantage + "'; it was from "
                                + ofSurvey.stream().map(SurveyRow::vantage).collect(joining(", "))));
    }
}
