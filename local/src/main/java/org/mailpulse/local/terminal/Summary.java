package org.mailpulse.local.terminal;

import java.sql.SQLException;
import java.util.Locale;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.rollup.Share;
import org.mailpulse.warehouse.Statistics;
import org.mailpulse.warehouse.Warehouse;

/** What a survey found, as a small table for a terminal. */
public final class Summary {
    private static final int BAR_WIDTH = 30;

    private Summary() {}

    public static void print(Console console, Warehouse warehouse, String survey, String vantage) throws SQLException {
        Counts counts = new Statistics(warehouse).totals(survey, vantage, RollupKey.EVERYTHING);
        table(survey, vantage, counts).lines().forEach(console::print);
    }

    static String table(String survey, String vantage, Counts counts) {
        long eligible = counts.get(Metric.ELIGIBLE);
        long unknown = counts.get(Metric.ADOPTION_UNKNOWN);
        Share known = new Share(0, eligible - unknown, eligible);
        StringBuilder text = new StringBuilder();
        line(text, "Survey %s from %s: %,d domains", survey, vantage, counts.get(Metric.DOMAINS));
        line(
                text,
                "  take no mail   %,10d   (no such domain %,d, null MX %,d, no address %,d, local only %,d)",
                counts.get(Metric.DOMAINS) - eligible,
                counts.get(Metric.STATUS_NXDOMAIN),
                counts.get(Metric.STATUS_NULL_MX),
                counts.get(Metric.STATUS_NO_ADDRESS),
                counts.get(Metric.STATUS_LOCAL_ONLY));
        line(text, "  unknown        %,10d   (of them DNS errors %,d)", unknown, counts.get(Metric.STATUS_DNS_ERROR));
        line(text, "  known          %,10d   coverage %s of %,d", known.known(), percent(known.coverage()), eligible);
        line(text, "STARTTLS at their mail servers");
        group(text, "none", counts.get(Metric.ADOPTION_NONE), known);
        group(text, "some", counts.get(Metric.ADOPTION_SOME), known);
        group(text, "all", counts.get(Metric.ADOPTION_ALL), known);
        line(text, "Level of protection");
        group(text, "plaintext", counts.get(Metric.LEVEL_PLAINTEXT), known);
        group(text, "partial", counts.get(Metric.LEVEL_PARTIAL), known);
        group(text, "opportunistic", counts.get(Metric.LEVEL_OPPORTUNISTIC), known);
        group(text, "authenticable", counts.get(Metric.LEVEL_AUTHENTICABLE), known);
        group(text, "enforced", counts.get(Metric.LEVEL_ENFORCED), known);
        return text.toString();
    }

    private static void group(StringBuilder text, String name, long domains, Share known) {
        double share = new Share(domains, known.known(), known.eligible()).value();
        int filled = Double.isNaN(share) ? 0 : (int) Math.round(share * BAR_WIDTH);
        line(text, "  %-14s %,10d   %7s  %s", name, domains, percent(share), "█".repeat(filled));
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
