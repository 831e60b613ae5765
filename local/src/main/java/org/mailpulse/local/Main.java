package org.mailpulse.local;

import java.nio.file.Path;
import org.mailpulse.local.command.MailPulseCommand;
import org.mailpulse.local.command.UserException;
import org.mailpulse.local.terminal.Console;
import picocli.CommandLine;

/** Entry point of {@code ./mailpulse}. Exit codes: 0 ok, 1 failed, 2 usage. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int exitCode = commandLine(new Console(System.out, System.err, Boolean.getBoolean("mailpulse.terminal")))
                .execute(args);
        // Netty, Kafka and Flink may hold threads that are no daemons.
        System.exit(exitCode);
    }

    static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new MailPulseCommand(console));
        line.setOut(console.writer());
        line.setUsageHelpAutoWidth(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.isTerminal() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setParameterExceptionHandler((problem, args) -> {
            console.error(problem.getMessage() + " (see "
                    + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help)");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((problem, command, parsed) -> report(problem, console));
        return line;
    }

    private static int report(Exception problem, Console console) {
        if (problem instanceof UserException user) {
            console.error(user.getMessage());
            return user.exitCode();
        }
        org.slf4j.LoggerFactory.getLogger(Main.class).error("failed", problem);
        console.error("failed: " + firstLine(problem) + logHint());
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String firstLine(Throwable problem) {
        String message = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    private static String logHint() {
        String log = System.getProperty("mailpulse.log");
        return log == null ? "" : " (details in " + Path.of(log) + ")";
    }
}
