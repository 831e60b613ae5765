package org.mailpulse.local.command;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mailpulse.local.stack.DataFolder;
import org.mailpulse.local.stack.Services;
import org.mailpulse.warehouse.Statistics;
import org.mailpulse.warehouse.SurveyStore;
import org.mailpulse.warehouse.export.CsvExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The dataset of one survey. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Writes the dataset of one survey: surveys, domains, hosts, rollups and transitions.",
        footer = {
            "",
            "Examples:",
            "  mailpulse export --survey 2026-11 --out release/",
            "  mailpulse export --survey 2026-11 --method 1 --out release-by-method-1/"
        })
public final class ExportCommand implements Callable<Integer> {
    @Option(names = "--survey", paramLabel = "2026-11", required = true, description = "Name of the survey.")
    String survey;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write to.")
    Path out;

    @Option(
            names = "--format",
            paramLabel = "csv",
            split = ",",
            defaultValue = "csv",
            description = "Formats of the files (default: ${DEFAULT-VALUE}; so far the only one).")
    List<String> formats;

    @Option(
            names = "--method",
            paramLabel = "N",
            description = "Version of the method (default: the newest that the survey was judged by).")
    Integer method;

    @Mixin
    GlobalOptions global;

    @ParentCommand
    MailPulseCommand parent;

    @Override
    public Integer call() throws Exception {
        String name = SurveyNames.check(survey);
        for (String format : formats) {
            if (!format.equals("csv")) {
                throw UserException.usage("--format: only csv can be written so far, not '" + format + "'");
            }
        }
        try (DataFolder data = Folders.open(global);
                Services services = Services.startWarehouse(data, global.clickhouse)) {
            boolean known = new SurveyStore(services.warehouse())
                    .all().stream().anyMatch(row -> row.survey().equals(name));
            if (!known) {
                throw UserException.usage("there is no survey " + name + " in " + data.root());
            }
            List<Integer> methods = new Statistics(services.warehouse()).methods(name);
            if (method != null && !methods.contains(method)) {
                throw UserException.usage("survey " + name + " was judged by version " + listed(methods)
                        + " of the method, not by " + method + "; see mailpulse rejudge --help");
            }
            CsvExport.write(services.warehouse(), name, method, out);
            parent.console().say("wrote survey " + name + judgedBy(methods) + " to " + out);
        }
        return ExitCode.OK;
    }

    /** Says which version it is where there are several. */
    private String judgedBy(List<Integer> methods) {
        if (methods.size() < 2) {
            return "";
        }
        int written = method == null ? methods.get(methods.size() - 1) : method;
        return ", judged by version " + written + " of the method (there are " + listed(methods) + "),";
    }

    private static String listed(List<Integer> methods) {
        return methods.stream().map(String::valueOf).collect(joining(", "));
    }
}
