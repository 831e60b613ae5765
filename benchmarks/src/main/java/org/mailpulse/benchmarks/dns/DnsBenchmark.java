package org.mailpulse.benchmarks.dns;

import static org.mailpulse.benchmarks.process.Report.line;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mailpulse.benchmarks.load.Client;
import org.mailpulse.benchmarks.load.Measured;
import org.mailpulse.benchmarks.load.Order;
import org.mailpulse.benchmarks.load.Total;
import org.mailpulse.testbed.LoopbackBlock;
import org.mailpulse.testbed.server.Nsd;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a DNS query costs the worker, and whether answers are lost. */
@Command(
        name = "benchmarks/dns",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Measures what a DNS query costs the client, against NSD on this machine.",
        description = {
            "",
            "MX queries over UDP, one event loop, no query asked twice. CPU is that of the client's process, read from"
                    + " /proc.",
            ""
        },
        footer = {"", "Example:", "  benchmarks/dns --in-flight 5000 --rounds 5"})
final class DnsBenchmark implements Callable<Integer> {
    private static final String COLUMNS = "%-16s %8s %8s %10s %10s %8s %8s %7s";
    private static final String HEAP = "-Xmx512m";
    private static final int MAX_IN_FLIGHT = 50_000;
    private static final int MAX_DOMAINS = 1_000_000;

    /** All at once could be more than the server's socket takes. */
    private static final int RAMP_MILLIS = 500;

    @Option(names = "--queries", paramLabel = "N", defaultValue = "200000", description = "Queries of a round.")
    int queries;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Rounds for each number in flight.")
    int rounds;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            split = ",",
            defaultValue = "100,1000,5000",
            description = "Numbers of queries to have in flight.")
    List<Integer> inFlight;

    @Option(names = "--domains", paramLabel = "N", defaultValue = "10000", description = "Domains in the zone.")
    int domains;

    @Spec
    CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new DnsBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        require(queries > 0 && rounds > 0, "--queries and --rounds must be at least 1");
        require(domains > 0 && domains <= MAX_DOMAINS, "--domains must be 1 to " + MAX_DOMAINS);
        require(
                inFlight.stream().allMatch(number -> number > 0 && number <= MAX_IN_FLIGHT),
                "--in-flight must be 1 to " + MAX_IN_FLIGHT);
        List<Nsd.Zone> zones = List.of(new Nsd.Zone(BenchZone.ORIGIN, BenchZone.text(domains)));
        try (Nsd nsd = Nsd.start(LoopbackBlock.claim(1).at(1), zones);
                Client client = client(nsd.address())) {
            client.run(Order.of(queries, 1000)); // until the compiler is done
            line(COLUMNS, "queries", "CPU µs", "least", "per core·s", "per s", "p50 ms", "p99 ms", "lost");
            for (int number : inFlight) {
                print(number, measure(client, number));
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new CommandLine.ParameterException(spec.commandLine(), otherwise);
        }
    }

    private Client client(InetSocketAddress server) throws IOException {
        return Client.start(
                DnsClientMain.class,
                HEAP,
                List.of(server.getAddress().getHostAddress(), "" + server.getPort(), "" + domains, "" + MAX_IN_FLIGHT));
    }

    private Total measure(Client client, int number) throws IOException {
        List<Measured> seen = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            seen.add(client.run(new Order(queries, number, RAMP_MILLIS, false)));
        }
        return new Total(seen);
    }

    private static void print(int number, Total total) {
        line(
                COLUMNS,
                "%,d in flight".formatted(number),
                "%.1f".formatted(total.microsEach()),
                "%.1f".formatted(total.leastMicrosEach()),
                "%.0f".formatted(1e6 / total.microsEach()),
                "%.0f".formatted(total.perSecond()),
                "%.1f".formatted(total.p50Millis()),
                "%.1f".formatted(total.p99Millis()),
                total.failed());
        total.firstFailure().ifPresent(why -> line("  first failure: %s", why));
    }
}
