package org.mailpulse.benchmarks.probe;

import static org.mailpulse.benchmarks.process.Report.line;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.mailpulse.benchmarks.load.Client;
import org.mailpulse.benchmarks.load.Measured;
import org.mailpulse.benchmarks.load.Order;

/** Many probes of the worker in flight, because the server lets them wait. */
record Crowd(Server server, Delay.At place) {
    private static final String COLUMNS = "%-42s %8s %8s %8s %8s %8s %8s %7s";

    /** Jars, sockets of the event loops, the server's listeners. */
    private static final int OTHER_FILES = 400;

    private static final int WARM_UP_IN_FLIGHT = 64;
    private static final int MIN_DELAY_MILLIS = 1000;
    /** Half as much again is still within the worker's patience. */
    private static final int MAX_DELAY_MILLIS = 35_000;

    /** So much of what the worker can do is asked of it, so that it is the server that lets them wait. */
    private static final double PART_LOAD = 0.5;

    /** Probes for each in flight: while the first are started, while the heap is weighed, and while the last end. */
    private static final int TURNS = 3;
    /** With fewer, the two collections that weigh the heap would cost more than the probes. */
    private static final int MIN_PROBES = 10_000;

    void measure(List<Integer> inFlight, int warmUp) throws IOException {
        List<Integer> wanted = inFlight.stream().filter(number -> number > 0).toList();
        if (wanted.isEmpty()) {
            return;
        }
        line(COLUMNS, "worker, delay " + place, "CPU µs", "per s", "p50 ms", "p99 ms", "RSS MB", "KB each", "failed");
        for (int number : wanted) {
            int possible = Math.min(number, mostOpenFiles() - OTHER_FILES);
            if (possible < number) {
                line("  %,d in flight are more than %,d open files allow: %,d", number, mostOpenFiles(), possible);
            }
            print(possible, measure(possible, warmUp));
        }
    }

    private Measured measure(int number, int warmUp) throws IOException {
        try (Client client = server.client(Kind.WORKER)) {
            Measured pace = client.run(Order.of(warmUp, WARM_UP_IN_FLIGHT));
            int millis = delayMillis(number, pace.perSecond());
            server.delay(new Delay(place, millis));
            return client.run(new Order(Math.max(MIN_PROBES, TURNS * number), number, millis, true));
        } finally {
            server.delay(Delay.NONE);
        }
    }

    static int delayMillis(int number, double perSecond) {
        return (int) Math.min(MAX_DELAY_MILLIS, Math.max(MIN_DELAY_MILLIS, 1000 * number / (perSecond * PART_LOAD)));
    }

    private static void print(int number, Measured measured) {
        line(
                COLUMNS,
                "%,d in flight".formatted(number),
                "%.0f".formatted(measured.microsEach()),
                "%.0f".formatted(measured.perSecond()),
                "%.1f".formatted(measured.run().p50Micros() / 1e3),
                "%.1f".formatted(measured.run().p99Micros() / 1e3),
                measured.peakKilobytes() / 1024,
                "%.1f".formatted(measured.heapEach(number) / 1024),
                measured.run().failed());
        measured.firstFailure().ifPresent(why -> line("  first failure: %s", why));
    }

    private static int mostOpenFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? (int) Math.min(Integer.MAX_VALUE, unix.getMaxFileDescriptorCount())
                : Integer.MAX_VALUE;
    }
}
