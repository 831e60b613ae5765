package org.mailpulse.local.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mailpulse.local.demo.DemoWorld;
import org.mailpulse.local.stack.DataFolder;
import org.mailpulse.local.stack.Pipeline;
import org.mailpulse.local.stack.Services;
import org.mailpulse.local.stack.SurveyRun;
import org.mailpulse.local.terminal.Summary;
import org.mailpulse.local.terminal.SurveyProgress;
import org.mailpulse.probe.ProbeSettings;
import org.mailpulse.probe.tls.TrustStore;
import org.mailpulse.survey.targets.TargetList;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** One survey through the whole pipeline on this machine. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Surveys a list of domains on this machine and shows the result.",
        description = {
            "",
            "Asks DNS for the mail servers of every domain, asks each mail server for its protection, and counts."
                    + " The same command again continues a survey that was interrupted."
        },
        footer = {
            "",
            "Examples:",
            "  mailpulse run --targets populations/example.csv",
            "  mailpulse run --targets my.csv --survey 2026-11 --resolver 127.0.0.1 --no-serve"
        })
public final class RunCommand implements Callable<Integer> {
    @Option(
            names = "--targets",
            paramLabel = "FILE.csv",
            required = true,
            description = "Domains to ask: CSV with a header, of which only \"domain\" is required:"
                    + " domain,population,organisation,category,country.")
    Path targetsFile;

    @Option(names = "--survey", paramLabel = "2026-11", description = "Name of the survey (default: this month).")
    String survey;

    @Mixin
    PageOptions page;

    @Mixin
    ProbeOptions probing;

    @Mixin
    GlobalOptions global;

    @ParentCommand
    MailPulseCommand parent;

    @Override
    public Integer call() throws Exception {
        String name = SurveyNames.orThisMonth(survey);
        ProbeSettings settings = probing.settings();
        try (Interrupt interrupt = Interrupt.install();
                DataFolder data = Folders.open(global)) {
            if (DemoWorld.of(data.root()).isPresent()) {
                throw UserException.usage(data.root()
                        + " holds a demo, which surveys of the real Internet must not be mixed with; choose another folder"
                        + " with --data");
            }
            TargetList targets = Targets.load(targetsFile, data, parent.console());
            try (Services services = Services.start(data, global.kafka, global.clickhouse);
                    PageOptions.Page shown = page.open(services.warehouse())) {
                if (SurveyRun.isClosed(services, name, settings.vantage())) {
                    parent.console().say("survey " + name + " is complete already; this is what it found");
                } else if (!survey(data, services, settings, name, targets, interrupt)) {
                    parent.console().say("stopped; the same command continues survey " + name);
                    return ExitCode.SOFTWARE;
                }
                Summary.print(parent.console(), services.warehouse(), name, settings.vantage());
                shown.serve(parent.console(), interrupt);
            }
        }
        return ExitCode.OK;
    }

    /** @return false if it was stopped */
    private boolean survey(
            DataFolder data,
            Services services,
            ProbeSettings settings,
            String name,
            TargetList targets,
            Interrupt interrupt)
            throws Exception {
        String trustStore = TrustStore.load(settings.trustStore()).version();
        try (Pipeline pipeline = Pipeline.start(data, services, settings, parent.console()::warn);
                SurveyProgress progress = new SurveyProgress(parent.console())) {
            SurveyRun run = new SurveyRun(
                    services, pipeline::requireHealthy, name, List.of(settings.vantage()), targets, trustStore);
            interrupt.stopsBy(run::stop);
            return run.run(progress::show);
        } finally {
            interrupt.stopsBy(() -> {});
        }
    }
}
