package org.mailpulse.benchmarks.probe;

import static org.mailpulse.benchmarks.process.Report.line;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.mailpulse.benchmarks.load.Client;
import org.mailpulse.benchmarks.load.Measured;
import org.mailpulse.benchmarks.load.Order;
import org.mailpulse.benchmarks.load.Total;

/** All our clients by turns, so that they suffer alike from what else runs on the machine. */
record Comparison(Server server, int rounds, int concurrency) {
    static final String COLUMNS = "%-42s %8s %8s %7s %8s %8s %8s %7s";

    void measure(int warmUp, int round) throws IOException {
        Map<Kind, Client> clients = new EnumMap<>(Kind.class);
        Map<Kind, List<Measured>> seen = new EnumMap<>(Kind.class);
        try {
            for (Kind kind : Kind.values()) {
                clients.put(kind, server.client(kind));
                clients.get(kind).run(Order.of(warmUp, concurrency));
                seen.put(kind, new ArrayList<>());
            }
            for (int i = 0; i < rounds; i++) {
                for (Kind kind : Kind.values()) {
                    seen.get(kind).add(clients.get(kind).run(Order.of(round, concurrency)));
                }
            }
        } finally {
            clients.values().forEach(Client::close);
        }
        print(seen);
    }

    private void print(Map<Kind, List<Measured>> seen) {
        double bare = new Total(seen.get(Kind.BARE)).microsEach();
        line(
                COLUMNS,
                "client, " + concurrency + " in flight",
                "CPU µs",
                "least",
                "x bare",
                "per s",
                "p50 ms",
                "p99 ms",
                "failed");
        seen.forEach((kind, runs) -> print(kind, new Total(runs), bare));
    }

    private static void print(Kind kind, Total total, double bare) {
        line(
                COLUMNS,
                kind.words(),
                "%.0f".formatted(total.microsEach()),
                "%.0f".formatted(total.leastMicrosEach()),
                "%.2f".formatted(total.microsEach() / bare),
                "%.0f".formatted(total.perSecond()),
                "%.1f".formatted(total.p50Millis()),
                "%.1f".formatted(total.p99Millis()),
                total.failed());
        total.firstFailure().ifPresent(why -> line("  first failure: %s", why));
    }
}
