package org.mailpulse.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.mailpulse.local.demo.DemoWorld;
import org.mailpulse.local.terminal.Console;
import org.mailpulse.simulator.Simulator;
import org.mailpulse.simulator.SimulatorSettings;
import org.mailpulse.simulator.truth.Measured;
import org.mailpulse.simulator.truth.TruthWriter;
import org.mailpulse.simulator.truth.Vantage;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The simulated mail internet alone. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Runs the simulated mail internet alone, on loopback addresses, until it is ended.",
        description = {
            "",
            "Writes trust store, DNSSEC trust anchor and target list into a folder, and says how to survey it."
        },
        footer = {
            "",
            "Examples:",
            "  mailpulse simulate --domains 10000 --dns-port 5353 --smtp-port 2525",
            "  mailpulse simulate --domains 5000 --surveys 3 --hostile 0.3 --truth truth.csv --no-serve"
        })
public final class SimulateCommand implements Callable<Integer> {
    @Mixin
    WorldOptions options;

    @Option(names = "--survey", paramLabel = "2026-11", description = "The month to show (default: the last).")
    String survey;

    @Option(names = "--dns-port", paramLabel = "P", defaultValue = "0", description = "DNS, UDP and TCP (0: any).")
    int dnsPort;

    @Option(names = "--smtp-port", paramLabel = "P", defaultValue = "0", description = "Mail servers (0: any).")
    int smtpPort;

    @Option(names = "--policy-port", paramLabel = "P", defaultValue = "0", description = "HTTPS of MTA-STS (0: any).")
    int policyPort;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Event loops of the mail servers; DNS has one more (${DEFAULT-VALUE}).")
    int threads;

    @Option(
            names = "--greet-delay",
            paramLabel = "SECONDS",
            defaultValue = "0.4",
            description = "How late the servers greet that greet late (${DEFAULT-VALUE}).")
    double greetDelay;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where to write trust store, trust anchor and targets (default: DATA/simulator).")
    Path dir;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "Write the verdicts that a survey must reach, of all months, as rows of domains.csv.")
    Path truth;

    @Option(names = "--no-serve", description = "Only write the files.")
    boolean noServe;

    @Mixin
    GlobalOptions global;

    @ParentCommand
    MailPulseCommand parent;

    @Override
    public Integer call() throws Exception {
        Path folder = dir == null ? global.data.resolve("simulator") : dir;
        SimulatorSettings settings = settings();
        try (Interrupt interrupt = Interrupt.install();
                Simulator simulator = Simulator.start(settings)) {
            int shown = shown(simulator);
            simulator.setSurvey(shown);
            write(simulator, folder, shown);
            if (!noServe) {
                tell(simulator, folder, shown);
                interrupt.await();
            }
        } catch (IOException e) {
            throw UserException.failed(e.getMessage(), e);
        }
        return ExitCode.OK;
    }

    private SimulatorSettings settings() {
        if (!(greetDelay >= 0 && greetDelay <= 3_600)) {
            throw UserException.usage("--greet-delay must be 0…3600 seconds, is '" + greetDelay + "'");
        }
        DemoWorld world = options.world();
        try {
            return world.simulator()
                    .withDnsPort(dnsPort)
                    .withSmtpPort(smtpPort)
                    .withPolicyPort(policyPort)
                    .withThreads(threads)
                    .withGreetDelay(Duration.ofMillis(Math.round(greetDelay * 1000)));
        } catch (IllegalArgumentException e) {
            throw WorldOptions.impossible(e);
        }
    }

    private int shown(Simulator simulator) {
        if (survey == null) {
            return options.surveys - 1;
        }
        String name = SurveyNames.check(survey);
        for (int index = 0; index < options.surveys; index++) {
            if (simulator.world().surveyName(index).equals(name)) {
                return index;
            }
        }
        throw UserException.usage("--survey: the history has the months "
                + simulator.world().surveyName(0) + " to "
                + simulator.world().surveyName(options.surveys - 1) + ", not " + name);
    }

    private void write(Simulator simulator, Path folder, int shown) throws IOException {
        Files.createDirectories(folder);
        simulator.writeTrustStore(folder.resolve("trust.pem"));
        simulator.writeTrustAnchor(folder.resolve("anchor.zone"));
        simulator.writeTargets(shown, folder.resolve("targets.csv"));
        if (truth != null) {
            new TruthWriter(simulator.world()).writeAllTruth(Vantage.neutral("local"), Measured.ENFORCEMENT, truth);
        }
    }

    private void tell(Simulator simulator, Path folder, int shown) {
        Console console = parent.console();
        console.print("a mail internet of " + options.domains + " domains as of "
                + simulator.world().surveyName(shown) + "; Ctrl-C ends it");
        console.print("survey it with");
        List<String> command = List.of(
                "./mailpulse run --data /tmp/simulated --survey "
                        + simulator.world().surveyName(shown),
                "--targets " + folder.resolve("targets.csv"),
                "--resolver 127.0.0.1:" + simulator.dnsAddress().getPort(),
                "--smtp-port " + simulator.smtpPort() + " --policy-port " + simulator.policyPort(),
                "--trust-store " + folder.resolve("trust.pem"),
                "--trust-anchor " + folder.resolve("anchor.zone"),
                "--allow-private --ehlo-name probe.example --gap 0 --per-address 50",
                "--confirm-after 0.3 --greeting-timeout 3");
        console.print("  " + String.join(" \\\n    ", command));
    }
}
