package org.mailpulse.benchmarks.stream;

import static org.mailpulse.benchmarks.process.Report.line;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailpulse.benchmarks.process.Child;
import org.mailpulse.benchmarks.process.Usage;

/** Jobs that read the same topic by turns; while one runs, the others do nothing. */
final class Turns implements AutoCloseable {
    private static final String COLUMNS = "%-14s %11s %11s %14s %14s %9s %9s";

    private final Workload workload;
    private final Tables tables;
    private final List<Long> servers;
    private final Map<Variant, Child> jobs = new LinkedHashMap<>();
    private final Map<Variant, Score> scores = new LinkedHashMap<>();

    /** @param servers the processes that work for whichever job runs */
    Turns(Workload workload, Tables tables, List<Long> servers) {
        this.workload = workload;
        this.tables = tables;
        this.servers = servers;
    }

    void add(Variant variant, Child job) {
        jobs.put(variant, job);
        scores.put(variant, Score.NONE);
    }

    /** @return when the first round began that counts */
    Instant take(int warmUp, int rounds) throws IOException, SQLException {
        Instant measuredFrom = Instant.now();
        for (int round = -warmUp; round < rounds; round++) {
            measuredFrom = round == 0 ? Instant.now() : measuredFrom;
            for (Variant variant : jobs.keySet()) {
                take(variant, round);
            }
        }
        return measuredFrom;
    }

    /** @param round negative while warming up */
    private void take(Variant variant, int round) throws IOException, SQLException {
        tables.empty();
        Duration before = serversCpu();
        Round measured = Round.parse(jobs.get(variant).ask("run"));
        Duration others = serversCpu().minus(before);
        if (variant.countsDomains()) {
            tables.check(workload, variant);
        }
        line(
                "%s %s: %,.0f/s in %.1f s, %.1f ms of CPU per 1,000",
                round < 0 ? "warm-up" : "round " + (round + 1),
                variant.option(),
                measured.perSecond(),
                measured.wall().toNanos() / 1e9,
                measured.cpuMillisPerThousand());
        if (round >= 0) {
            scores.compute(variant, (same, score) -> score.plus(measured, others));
        }
    }

    private Duration serversCpu() {
        return servers.stream().map(pid -> Usage.of(pid).cpu()).reduce(Duration.ZERO, Duration::plus);
    }

    void report() {
        Score peer = scores.get(Variant.DECODE);
        line("");
        line(COLUMNS, "job", "records/s", "best round", "CPU ms/1,000", "servers' CPU", "× decode", "peak MB");
        scores.forEach((variant, score) -> line(
                COLUMNS,
                variant.option(),
                "%,.0f".formatted(score.total().perSecond()),
                "%,.0f".formatted(score.best()),
                "%.1f".formatted(score.total().cpuMillisPerThousand()),
                "%.1f".formatted(score.othersMillisPerThousand()),
                peer == null ? "–" : "%.2f".formatted(score.rateBeside(peer)),
                "%,d".formatted(Usage.peakKilobytes(jobs.get(variant).pid()) / 1024)));
    }

    @Override
    public void close() {
        jobs.values().forEach(Child::close);
    }
}
