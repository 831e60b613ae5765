package org.mailpulse.benchmarks.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mailpulse.benchmarks.process.Folders;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a probe costs: the worker, other programs and the bare handshake against one server, in one run. */
@Command(
        name = "benchmarks/probe",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Measures what a probe costs the client, beside openssl, zgrab2 and the bare TLS handshake.",
        description = {
            "",
            "All ask the same server (TLS 1.3, X25519, P-256 certificate, a process of its own) on many loopback"
                    + " addresses. CPU is that of the client's process, read from /proc.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  benchmarks/probe",
            "  benchmarks/probe --rounds 5 --in-flight 500",
            "  benchmarks/probe --rounds 0 --openssl 0 --in-flight 0 --probes 1000000"
        })
final class ProbeBenchmark implements Callable<Integer> {
    private static final int MAX_IN_FLIGHT = 50_000;
    private static final int MAX_ADDRESSES = 1_000;
    private static final int MAX_CERTIFICATES = 10_000;
    /** Processes of openssl. */
    private static final int SIDE_BY_SIDE = 8;

    @Option(names = "--round", paramLabel = "N", defaultValue = "10000", description = "Probes of a round.")
    int round;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "Rounds of each client, by turns, so that all suffer alike from what else runs here; 0: none.")
    int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "30000",
            description = "Probes of each client before its first round.")
    int warmUp;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "64",
            description = "Probes in flight in a round and in the long run.")
    int concurrency;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            split = ",",
            defaultValue = "500,5000,20000",
            description = "Numbers of probes to have in flight while the server delays; 0: none.")
    List<Integer> inFlight;

    @Option(
            names = "--delay-at",
            paramLabel = "PLACE",
            defaultValue = "INSIDE_TLS",
            description = "Where it delays: ${COMPLETION-CANDIDATES}.")
    Delay.At delayAt;

    @Option(
            names = "--openssl",
            paramLabel = "N",
            defaultValue = "500",
            description = "Probes by openssl s_client; 0: none.")
    int openssl;

    @Option(names = "--zgrab2", paramLabel = "PATH", description = "Measures this program, too.")
    Path zgrab2;

    @Option(
            names = "--probes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Length of a long run that shows whether anything grows; 0: none.")
    int probes;

    @Option(names = "--addresses", paramLabel = "N", defaultValue = "64", description = "Addresses of the server.")
    int addresses;

    @Option(
            names = "--certificates",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Certificates that the server shows in turn (default: more than the JDK remembers).")
    int certificates;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ProbeBenchmark()).execute(args));
    }

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        check();
        Path folder = Files.createTempDirectory("mailpulse-benchmark-");
        try (Server server = Server.start(addresses, certificates, folder)) {
            if (rounds > 0) {
                new Comparison(server, rounds, concurrency).measure(warmUp, round);
            }
            others(server, folder);
            new Crowd(server, delayAt).measure(inFlight, warmUp);
            if (probes > 0) {
                new LongRun(server, concurrency).measure(warmUp, probes);
            }
            return CommandLine.ExitCode.OK;
        } finally {
            Folders.delete(folder);
        }
    }

    /** Exit code 2 and one line, before anything is started. */
    private void check() {
        require(round > 0 && warmUp > 0, "--round and --warm-up must be at least 1");
        require(concurrency > 0 && concurrency <= MAX_IN_FLIGHT, "--concurrency must be 1 to " + MAX_IN_FLIGHT);
        require(
                inFlight.stream().allMatch(number -> number >= 0 && number <= MAX_IN_FLIGHT),
                "--in-flight must be 0 to " + MAX_IN_FLIGHT);
        require(addresses > 0 && addresses <= MAX_ADDRESSES, "--addresses must be 1 to " + MAX_ADDRESSES);
        require(
                certificates > 0 && certificates <= MAX_CERTIFICATES,
                "--certificates must be 1 to " + MAX_CERTIFICATES);
        require(rounds >= 0 && openssl >= 0 && probes >= 0, "--rounds, --openssl and --probes must not be negative");
        require(zgrab2 == null || Files.isExecutable(zgrab2), "--zgrab2: " + zgrab2 + " is no program");
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new CommandLine.ParameterException(spec.commandLine(), otherwise);
        }
    }

    private void others(Server server, Path folder) throws IOException, InterruptedException {
        if (openssl > 0) {
            OtherProgram.openssl(server, folder, openssl, SIDE_BY_SIDE).print();
        }
        if (zgrab2 != null) {
            OtherProgram.zgrab2(zgrab2, server, folder, round, concurrency).print();
        }
    }
}
