package org.mailpulse.local.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailpulse.local.stack.DataFolder;
import org.mailpulse.local.stack.Services;
import org.mailpulse.local.stack.SurveyRun;
import org.mailpulse.local.terminal.Summary;
import org.mailpulse.local.terminal.SurveyProgress;
import org.mailpulse.model.survey.VantageName;
import org.mailpulse.probe.tls.TrustStore;
import org.mailpulse.survey.coordinator.ClosingClock;
import org.mailpulse.survey.targets.TargetList;
import org.mailpulse.warehouse.Statistics;
import org.mailpulse.warehouse.SurveyRow;
import org.mailpulse.warehouse.SurveyStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The coordinator alone: workers and the statistics job run elsewhere. */
@Command(
        name = "survey",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "Coordinates a survey whose workers and statistics job run elsewhere.",
        footer = {
            "",
            "Example:",
            "  mailpulse survey start --targets list.csv --survey 2026-11 --kafka kafka:9092"
                    + " --clickhouse jdbc:clickhouse://db:8123/mailpulse --vantage oslo,frankfurt"
        })
public final class SurveyCommand {
    @ParentCommand
    MailPulseCommand parent;

    /** Which survey, from where. */
    static final class Which {
        @Option(names = "--survey", paramLabel = "2026-11", description = "Name of the survey (default: this month).")
        String survey;

        @Option(
                names = "--vantage",
                paramLabel = "NAME[,NAME…]",
                split = ",",
                defaultValue = "local",
                description = "Vantage points of the workers; each asks every domain (default: ${DEFAULT-VALUE}).")
        List<String> vantages;

        String survey() {
            return SurveyNames.orThisMonth(survey);
        }

        /** @throws UserException naming the one that cannot be */
        List<String> vantages() {
            try {
                return VantageName.checkAll(vantages);
            } catch (IllegalArgumentException e) {
                throw UserException.usage("--" + e.getMessage());
            }
        }
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            header = "Publishes the targets, counts every answer, and closes the survey. Again: continues it.")
    int start(
            @Option(names = "--targets", paramLabel = "FILE.csv", required = true, description = "Domains to ask.")
                    Path targetsFile,
            @Option(
                            names = "--trust-store",
                            paramLabel = "FILE.pem",
                            description = "The certificate authorities that the workers trust, to be recorded.")
                    Path trustStore,
            @Mixin Which which,
            @Mixin GlobalOptions global)
            throws Exception {
        String survey = which.survey();
        List<String> vantages = which.vantages();
        requireServers(global);
        String trusted = version(trustStore);
        try (Interrupt interrupt = Interrupt.install();
                DataFolder data = Folders.open(global)) {
            TargetList targets = Targets.load(targetsFile, data, parent.console());
            try (Services services = Services.start(data, global.kafka, global.clickhouse)) {
                SurveyRun run = new SurveyRun(services, () -> {}, survey, vantages, targets, trusted);
                interrupt.stopsBy(run::stop);
                boolean complete;
                try (SurveyProgress progress = new SurveyProgress(parent.console())) {
                    complete = run.run(progress::show);
                }
                if (!complete) {
                    parent.console().say("stopped; the same command continues survey " + survey);
                    return ExitCode.SOFTWARE;
                }
                for (String vantage : VantageName.withConsensus(vantages)) {
                    Summary.print(parent.console(), services.warehouse(), survey, vantage);
                }
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "status", mixinStandardHelpOptions = true, header = "Tells how far a survey is.")
    int status(@Mixin Which which, @Mixin GlobalOptions global) throws Exception {
        String survey = which.survey();
        List<String> vantages = which.vantages();
        try (DataFolder data = Folders.open(global);
                Services services = Services.startWarehouse(data, global.clickhouse)) {
            for (String vantage : VantageName.withConsensus(vantages)) {
                tell(services, known(services, survey, vantage));
            }
        }
        return ExitCode.OK;
    }

    private void tell(Services services, SurveyRow row) throws Exception {
        long verdicts = new Statistics(services.warehouse()).verdicts(row.survey(), row.vantage());
        parent.console()
                .print(String.format(
                        Locale.ROOT,
                        "survey %s from %s: %,d of %,d domains have their verdict; begun %s, %s",
                        row.survey(),
                        row.vantage(),
                        verdicts,
                        row.targets(),
                        row.startedAt(),
                        row.closedAt() == null ? "running" : "closed " + row.closedAt()));
    }

    @Command(
            name = "close",
            mixinStandardHelpOptions = true,
            header = "Closes a survey as it stands: what has not been observed stays away.")
    int close(@Mixin Which which, @Mixin GlobalOptions global) throws Exception {
        String survey = which.survey();
        List<String> vantages = which.vantages();
        requireServers(global);
        try (DataFolder data = Folders.open(global);
                Services services = Services.start(data, global.kafka, global.clickhouse)) {
            for (String vantage : VantageName.withConsensus(vantages)) {
                known(services, survey, vantage);
            }
            try (ClosingClock clock = ClosingClock.start(services.kafka(), survey, vantages, Duration.ofSeconds(1))) {
                Thread.sleep(Duration.ofSeconds(3).toMillis());
            }
            for (String vantage : VantageName.withConsensus(vantages)) {
                new SurveyStore(services.warehouse()).close(survey, vantage, Instant.now());
            }
            parent.console().say("survey " + survey + " is closed");
        }
        return ExitCode.OK;
    }

    private static void requireServers(GlobalOptions global) {
        if (global.kafka == null || global.clickhouse == null) {
            throw UserException.usage("survey needs --kafka and --clickhouse; on one machine use: mailpulse run");
        }
    }

    private static String version(Path trustStore) {
        try {
            return TrustStore.load(trustStore).version();
        } catch (IOException e) {
            throw UserException.usage(e.getMessage());
        }
    }

    private static SurveyRow known(Services services, String survey, String vantage) throws Exception {
        Optional<SurveyRow> row = new SurveyStore(services.warehouse()).find(survey, vantage);
        return row.orElseThrow(
                () -> UserException.usage("there is no survey " + survey + " from vantage point " + vantage));
    }
}
