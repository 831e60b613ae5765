package org.mailpulse.local.command;

import java.util.concurrent.Callable;
import org.mailpulse.local.terminal.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root: shows what there is. */
@Command(
        name = "mailpulse",
        mixinStandardHelpOptions = true,
        version = "Mail Pulse 0.1.0",
        header = "Surveys mail servers and shows how protection of mail moves.",
        description = "%nAsks the mail servers of many domains whether, and how well, they encrypt mail on its way"
                + " (STARTTLS), month after month, and counts the answers.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ExportCommand.class,
            RejudgeCommand.class,
            ServeCommand.class,
            ProvidersCommand.class,
            SimulateCommand.class,
            SurveyCommand.class,
            WorkerCommand.class,
            SchemaCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  mailpulse demo",
            "  mailpulse run --targets populations/example.csv",
            "  mailpulse export --survey 2026-11 --out release/",
            "  mailpulse run --help",
            "",
            "Exit codes: 0 ok, 1 failed, 2 usage."
        })
public final class MailPulseCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    public MailPulseCommand(Console console) {
        this.console = console;
    }

    Console console() {
        return console;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }
}
