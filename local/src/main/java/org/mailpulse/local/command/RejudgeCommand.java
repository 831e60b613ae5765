package org.mailpulse.local.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mailpulse.local.stack.DataFolder;
import org.mailpulse.local.stack.Rejudging;
import org.mailpulse.local.stack.Services;
import org.mailpulse.local.terminal.Console;
import org.mailpulse.local.terminal.DifferenceReport;
import org.mailpulse.local.terminal.RejudgeProgress;
import org.mailpulse.model.verdict.Method;
import org.mailpulse.stream.rejudge.RecordSource;
import org.mailpulse.stream.rejudge.RejudgeException;
import org.mailpulse.stream.rejudge.RejudgePlan;
import org.mailpulse.stream.rejudge.RejudgePlanner;
import org.mailpulse.stream.rejudge.RejudgeRequest;
import org.mailpulse.warehouse.MethodDifference;
import org.mailpulse.warehouse.MethodDifferences;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The facts of old surveys under another version of the method. */
@Command(
        name = "rejudge",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Judges surveys again by another version of the method, and tells the difference.",
        description = {
            "",
            "Reads the observations of surveys that have ended, and writes verdicts and counts that bear the method's number"
                    + " beside those that are there. Pages and datasets go by the newest version of each survey."
                    + " Nobody is asked anything. The same command again does no harm."
        },
        footer = {
            "",
            "Examples:",
            "  mailpulse rejudge --method 2",
            "  mailpulse rejudge --method 1 --from 2026-09 --to 2026-11 --json",
            "  mailpulse rejudge --method 2 --source kafka"
        })
public final class RejudgeCommand implements Callable<Integer> {
    @Option(
            names = "--method",
            paramLabel = "N",
            required = true,
            description = "Version of docs/methodology.md to judge by.")
    int method;

    @Option(names = "--from", paramLabel = "2026-09", description = "First survey (default: the oldest).")
    String from;

    @Option(names = "--to", paramLabel = "2026-11", description = "Last survey (default: the newest).")
    String to;

    @Option(
            names = "--source",
            paramLabel = "auto",
            defaultValue = "auto",
            description =
                    "Where observations are read from: archive (in ClickHouse), kafka, or auto: the archive where it"
                            + " is whole, else Kafka (default: ${DEFAULT-VALUE}).")
    String source;

    @Option(names = "--json", description = "Tell the difference as JSON.")
    boolean json;

    @Mixin
    GlobalOptions global;

    @ParentCommand
    MailPulseCommand parent;

    @Override
    public Integer call() throws Exception {
        RejudgeRequest request = request();
        Console console = parent.console();
        try (Interrupt interrupt = Interrupt.install();
                DataFolder data = Folders.open(global);
                Services services = Services.start(data, global.kafka, global.clickhouse)) {
            RejudgePlan plan = plan(services, request);
            tell(plan);
            if (!run(new Rejudging(data, services, plan), plan, interrupt)) {
                console.say("stopped; the same command begins again");
                return ExitCode.SOFTWARE;
            }
            List<MethodDifference> differences = new ArrayList<>();
            MethodDifferences compared = new MethodDifferences(services.warehouse());
            for (String survey : plan.surveys()) {
                differences.addAll(compared.of(survey, plan.method().version()));
            }
            if (json) {
                console.print(DifferenceReport.json(differences));
            } else {
                DifferenceReport.table(plan, differences).lines().forEach(console::print);
            }
        }
        return ExitCode.OK;
    }

    private RejudgeRequest request() {
        try {
            return new RejudgeRequest(
                    Method.of(method),
                    from == null ? null : check("--from", from),
                    to == null ? null : check("--to", to),
                    RecordSource.named(source));
        } catch (IllegalArgumentException e) {
            throw UserException.usage(e.getMessage());
        }
    }

    private static String check(String option, String survey) {
        try {
            return SurveyNames.check(survey);
        } catch (UserException e) {
            throw UserException.usage(e.getMessage().replaceFirst("--survey", option));
        }
    }

    private static RejudgePlan plan(Services services, RejudgeRequest request) throws Exception {
        try {
            return new RejudgePlanner(services.warehouse(), services.kafka()).plan(request);
        } catch (IllegalArgumentException e) {
            throw UserException.usage(e.getMessage());
        } catch (RejudgeException e) {
            throw UserException.failed(e.getMessage(), e);
        }
    }

    private void tell(RejudgePlan plan) {
        Console console = parent.console();
        console.say(plan.summary());
        for (String open : plan.open()) {
            console.warn("survey " + open + " has not ended yet and is left out");
        }
        if (plan.before() == null && from != null) {
            console.say("survey " + plan.surveys().get(0)
                    + " is compared with none: there is none before it whose observations are whole");
        }
    }

    private boolean run(Rejudging rejudging, RejudgePlan plan, Interrupt interrupt) throws Exception {
        interrupt.stopsBy(rejudging::stop);
        try (RejudgeProgress progress = new RejudgeProgress(parent.console(), plan.domains())) {
            return rejudging.run(progress::show);
        } finally {
            interrupt.stopsBy(() -> {});
        }
    }
}
