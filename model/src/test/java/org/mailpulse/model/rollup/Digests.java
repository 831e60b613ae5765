package org.mailpulse.model.rollup;

import java.time.Instant;
import java.util.List;
import org.mailpulse.model.Facts;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.Level;

/** What is remembered of a verdict, for tests. */
final class Digests {
    static final Instant OBSERVED = Facts.PROBED_AT;

    private final Level level;
    private List<String> populations = List.of();
    private String provider = "provider.example";
    private long metrics;
    private Instant certificateEnds;

    private Digests(Level level) {
        this.level = level;
    }

    static Digests at(Level level) {
        return new Digests(level);
    }

    static VerdictDigest notEligible() {
        return new VerdictDigest(
                List.of(), "no", "no", "", DomainStatus.NULL_MX, null, new MetricSet(new long[0]), null, OBSERVED, 1);
    }

    Digests in(String... lists) {
        populations = List.of(lists);
        return this;
    }

    Digests with(String name) {
        provider = name;
        return this;
    }

    Digests ends(Instant end) {
        certificateEnds = end;
        return this;
    }

    /** Only metrics among the first 64. */
    Digests counted(Metric metric) {
        metrics |= 1L << metric.ordinal();
        return this;
    }

    VerdictDigest digest() {
        return new VerdictDigest(
                populations,
                "no",
                "no",
                provider,
                DomainStatus.OK,
                level,
                new MetricSet(new long[] {metrics}),
                certificateEnds,
                OBSERVED,
                1);
    }
}
