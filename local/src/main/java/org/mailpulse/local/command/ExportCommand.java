package org.mailpulse.local.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mailpulse.local.stack.DataFolder;
import org.mailpulse.local.stack.Services;
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
        footer = {"", "Example:", "  mailpulse export --survey 2026-11 --out release/"})
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
            CsvExport.write(services.warehouse(), name, out);
            parent.console().say("wrote survey " + name + " to " + out);
        }
        return ExitCode.OK;
    }
}
