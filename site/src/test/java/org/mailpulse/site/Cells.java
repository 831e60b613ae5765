package org.mailpulse.site;

import static org.mailpulse.model.rollup.RollupKey.EVERYTHING;

import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.warehouse.BatchWriter;
import org.mailpulse.warehouse.RollupRow;
import org.mailpulse.warehouse.RollupTable;
import org.mailpulse.warehouse.SurveyRow;
import org.mailpulse.warehouse.SurveyStore;
import org.mailpulse.warehouse.Warehouse;

/** Surveys and counts to be written by the tests. */
final class Cells {
    static final Instant STARTED = Instant.parse("2026-11-03T04:05:06Z");
    static final Instant CLOSED = Instant.parse("2026-11-04T17:30:00Z");

    private final Warehouse warehouse;

    Cells(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    void survey(String survey, String vantage, long targets, boolean closed) throws SQLException {
        SurveyStore surveys = new SurveyStore(warehouse);
        surveys.start(SurveyRow.starting(
                survey, vantage, "sha256:" + "4f".repeat(32), targets, 3, STARTED, "sha256:" + "b7".repeat(32)));
        if (closed) {
            surveys.close(survey, vantage, CLOSED);
        }
    }

    void cell(String survey, String vantage, String population, String tld, String provider, Map<Metric, Long> counts)
            throws SQLException {
        long[] values = new long[Metric.values().length];
        counts.forEach((metric, count) -> values[metric.ordinal()] = count);
        try (BatchWriter<RollupRow> writer = RollupTable.writer(warehouse)) {
            writer.add(new RollupRow(
                    new RollupKey(survey, vantage, population, tld, tld, provider, 1), new Counts(values), 1));
        }
    }

    /** A cell of every target in the survey of November 2026 from Oslo. */
    void cell(String tld, String provider, Map<Metric, Long> counts) throws SQLException {
        cell("2026-11", "oslo", EVERYTHING, tld, provider, counts);
    }

    /** Domains that take mail; those with all are opportunistic. */
    static Map<Metric, Long> adoption(long none, long some, long all, long unknown) {
        Map<Metric, Long> counts = new EnumMap<>(Metric.class);
        counts.put(Metric.DOMAINS, none + some + all + unknown);
        counts.put(Metric.ELIGIBLE, none + some + all + unknown);
        counts.put(Metric.ADOPTION_NONE, none);
        counts.put(Metric.ADOPTION_SOME, some);
        counts.put(Metric.ADOPTION_ALL, all);
        counts.put(Metric.ADOPTION_UNKNOWN, unknown);
        counts.put(Metric.LEVEL_PLAINTEXT, none);
        counts.put(Metric.LEVEL_PARTIAL, some);
        counts.put(Metric.LEVEL_OPPORTUNISTIC, all);
        return counts;
    }

    /** The counts, with one of them changed. */
    static Map<Metric, Long> with(Map<Metric, Long> counts, Metric metric, long count) {
        Map<Metric, Long> changed = new EnumMap<>(counts);
        changed.put(metric, count);
        return changed;
    }
}
