package org.mailpulse.benchmarks.probe;

import static org.mailpulse.benchmarks.process.Report.line;

import java.io.IOException;
import org.mailpulse.benchmarks.load.Client;
import org.mailpulse.benchmarks.load.Measured;
import org.mailpulse.benchmarks.load.Order;

/** So many probes of the worker that anything that grows must show. */
record LongRun(Server server, int concurrency) {
    private static final String COLUMNS = "%-42s %8s %8s %8s %8s %7s";
    private static final int PARTS = 10;

    void measure(int warmUp, int probes) throws IOException {
        line(COLUMNS, "worker, long run", "CPU µs", "per s", "RSS MB", "heap MB", "failed");
        try (Client client = server.client(Kind.WORKER)) {
            client.run(Order.of(warmUp, concurrency));
            int part = Math.max(1, probes / PARTS);
            for (int done = 0; done < probes; done += part) {
                Measured measured = client.run(Order.of(Math.min(part, probes - done), concurrency));
                print(done, measured, "%.0f".formatted(measured.microsEach()), "%.0f".formatted(measured.perSecond()));
            }
            print(probes, client.run(Order.of(1, 1)), "–", "–"); // for its heap; one probe has no rate
        }
    }

    /** The heap is that before the part, after a full collection. */
    private static void print(int before, Measured measured, String micros, String perSecond) {
        line(
                COLUMNS,
                "after %,d probes".formatted(before),
                micros,
                perSecond,
                measured.peakKilobytes() / 1024,
                "%.2f".formatted(measured.run().heapBefore() / 1048576.0),
                measured.run().failed());
        measured.firstFailure().ifPresent(why -> line("  first failure: %s", why));
    }
}
