package org.mailpulse.benchmarks.survey;

import static org.mailpulse.benchmarks.process.Report.line;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.mailpulse.benchmarks.process.Folders;
import org.mailpulse.simulator.SimulatorSettings;
import org.mailpulse.simulator.world.World;
import org.mailpulse.simulator.world.WorldSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One survey of the simulated mail internet by {@code ./mailpulse run}, and what it costs. */
@Command(
        name = "benchmarks/survey",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Measures one survey of the simulated mail internet, end to end.",
        footer = {
            "",
            "Examples:",
            "  benchmarks/survey --domains 10000",
            "  benchmarks/survey --domains 5000 --endpoints 50"
        })
final class SurveyBenchmark implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    /** A world in which that many domains with few endpoints are found. */
    private static final int WORLD_PER_TARGET = 20;

    @Option(names = "--domains", paramLabel = "N", defaultValue = "10000", description = "Domains of the survey.")
    int domains;

    @Option(
            names = "--endpoints",
            paramLabel = "N",
            defaultValue = "0",
            description = "Only domains that together have at most so many (MX host, address); 0: no limit.")
    int endpoints;

    @Option(names = "--plain-dns", description = "Validate nothing, and so measure no DANE.")
    boolean plainDns;

    @Option(
            names = "--hostile",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Servers that misbehave; with them the wall time is that of the time-outs (default: 0).")
    double hostile;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Seed of the simulated world.")
    long seed;

    @Option(names = "--minutes", defaultValue = "40", description = "Give up after so many.")
    int minutes;

    public static void main(String[] args) {
        System.exit(new CommandLine(new SurveyBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("mailpulse-benchmark-");
        List<String> world = List.of(
                "--domains", "" + worldSize(), "--surveys", "1", "--hostile", "" + hostile, "--seed", "" + seed);
        try (SimulatorProcess simulator = SimulatorProcess.start(folder, world)) {
            measure(simulator, folder);
            return CommandLine.ExitCode.OK;
        } finally {
            Folders.delete(folder);
        }
    }

    private void measure(SimulatorProcess simulator, Path folder) throws IOException, InterruptedException {
        Path targets = folder.resolve("targets.csv");
        writeTargets(simulator, targets);
        ProcessTree simulated =
                new ProcessTree(ProcessHandle.of(simulator.pid()).orElseThrow());
        simulated.look();
        Duration simulatorBefore = simulated.cpu();

        Instant start = Instant.now();
        Process run = new ProcessBuilder(command(simulator, folder, targets))
                .directory(Path.of(System.getProperty("mailpulse.root", ".")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("run.log").toFile())
                .start();
        ProcessTree measured = new ProcessTree(run.toHandle());
        Duration firstProbe = watch(run, measured, simulated, simulator, start);
        Duration wall = Duration.between(start, Instant.now());
        if (run.exitValue() != 0) {
            throw new IOException("the survey failed:\n" + Files.readString(folder.resolve("run.log")));
        }
        report(measured, simulated, simulatorBefore, wall, firstProbe, simulator);
    }

    private Duration watch(
            Process run, ProcessTree measured, ProcessTree simulated, SimulatorProcess simulator, Instant start)
            throws IOException, InterruptedException {
        Duration firstProbe = null;
        Instant end = start.plus(Duration.ofMinutes(minutes));
        while (!run.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
            measured.look();
            simulated.look();
            if (firstProbe == null && simulator.connections() > 0) {
                firstProbe = Duration.between(start, Instant.now());
            }
            if (Instant.now().isAfter(end)) {
                run.destroyForcibly();
                throw new IOException("gave up after " + minutes + " minutes");
            }
        }
        return firstProbe;
    }

    private int worldSize() {
        return endpoints > 0 ? domains * WORLD_PER_TARGET : domains;
    }

    private void writeTargets(SimulatorProcess simulator, Path targets) throws IOException {
        if (endpoints == 0) {
            simulator.ask("targets 0 " + targets);
            return;
        }
        SimulatorSettings settings = SimulatorSettings.defaults();
        EndpointLimit limit = new EndpointLimit(
                new World(new WorldSettings(seed, worldSize(), 1, settings.lastSurvey(), hostile, true)), endpoints);
        limit.writeTargets(domains, targets);
        System.out.println(limit.endpoints() + " endpoints");
    }

    private List<String> command(SimulatorProcess simulator, Path folder, Path targets) {
        List<String> command = new ArrayList<>(List.of("env", "MAILPULSE_BUILT=yes", "./mailpulse", "run"));
        command.addAll(List.of("--data", folder.resolve("data").toString(), "--targets", targets.toString()));
        command.addAll(List.of("--survey", "2026-11", "--no-serve", "--allow-private", "--ehlo-name", "prober.test"));
        command.addAll(List.of("--resolver", simulator.fact("dns"), "--smtp-port", simulator.fact("smtpPort")));
        command.addAll(List.of("--trust-store", simulator.fact("trustStore")));
        command.addAll(List.of("--policy-port", simulator.fact("policyPort")));
        if (!plainDns) {
            command.addAll(List.of("--trust-anchor", simulator.fact("trustAnchor")));
        }
        // The simulation puts thousands of MX hosts on few addresses, so pace by address would measure only itself.
        command.addAll(List.of("--gap", "0", "--per-address", "50", "--concurrency", "1000"));
        command.addAll(List.of("--confirm-after", "1", "--greeting-timeout", "5"));
        return command;
    }

    private void report(
            ProcessTree measured,
            ProcessTree simulated,
            Duration simulatorBefore,
            Duration wall,
            Duration firstProbe,
            SimulatorProcess simulator)
            throws IOException {
        line(
                "domains %,d, wall %.1f s, %.0f domains/s, first probe after %.1f s",
                domains, seconds(wall), domains / seconds(wall), firstProbe == null ? Double.NaN : seconds(firstProbe));
        line("connections %,d", simulator.connections());
        line("peak memory: mailpulse %,d MB, simulator %,d MB", measured.peakMegabytes(), simulated.peakMegabytes());
        line(
                "CPU: mailpulse %.1f s, simulator %.1f s",
                seconds(measured.cpu()), seconds(simulated.cpu().minus(simulatorBefore)));
        measured.cpuByPart()
                .forEach((part, cpu) -> line("  %-14s %8.1f s", part.name().toLowerCase(Locale.ROOT), seconds(cpu)));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
