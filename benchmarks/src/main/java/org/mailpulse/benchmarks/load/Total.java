package org.mailpulse.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Several runs of one client, seen together. At least one. */
public record Total(List<Measured> runs) {
    public Total {
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("runs must not be empty");
        }
    }

    public int good() {
        return runs.stream().mapToInt(measured -> measured.run().good()).sum();
    }

    public int failed() {
        return runs.stream().mapToInt(measured -> measured.run().failed()).sum();
    }

    public Optional<String> firstFailure() {
        return runs.stream()
                .flatMap(measured -> measured.firstFailure().stream())
                .findFirst();
    }

    /** Of CPU, for each task that ended well, over all runs. */
    public double microsEach() {
        Duration cpu = runs.stream().map(Measured::cpu).reduce(Duration.ZERO, Duration::plus);
        return good() == 0 ? Double.NaN : cpu.toNanos() / 1e3 / good();
    }

    /** The same in the cheapest run, the one that was disturbed least. */
    public double leastMicrosEach() {
        return runs.stream().mapToDouble(Measured::microsEach).min().orElseThrow();
    }

    public double perSecond() {
        return good()
                / runs.stream()
                        .mapToDouble(measured -> measured.run().seconds())
                        .sum();
    }

    /** Median of the runs' medians. */
    public double p50Millis() {
        return median(runs.stream()
                .mapToDouble(measured -> measured.run().p50Micros() / 1e3)
                .sorted()
                .toArray());
    }

    /** Median of the runs' 99th percentiles. */
    public double p99Millis() {
        return median(runs.stream()
                .mapToDouble(measured -> measured.run().p99Micros() / 1e3)
                .sorted()
                .toArray());
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }
}
