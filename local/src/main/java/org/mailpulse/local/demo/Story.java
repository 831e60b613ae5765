package org.mailpulse.local.demo;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailpulse.model.rollup.Change;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.warehouse.Group;
import org.mailpulse.warehouse.Statistics;

/** What a series of surveys tells, in a few lines: where it stands, how it moved, and who moved it. */
public final class Story {
    private Story() {}

    /** @param surveys oldest first, at least one */
    public static List<String> read(Statistics statistics, List<String> surveys, String vantage) throws SQLException {
        String last = surveys.get(surveys.size() - 1);
        return of(Month.read(statistics, surveys, vantage), statistics.changes(last, vantage));
    }

    static List<String> of(List<Month> months, Map<Change.Kind, Long> changes) {
        Month first = months.get(0);
        Month last = months.get(months.size() - 1);
        List<String> lines = new ArrayList<>(headline(last));
        if (months.size() > 1) {
            lines.add("");
            lines.add("From " + first.survey() + " to " + last.survey());
            for (Measure measure : Measure.values()) {
                lines.add(line(
                        "  %-37s %s → %s",
                        measure.words(),
                        share(measure.of(first.all().counts()), first.all()),
                        share(measure.of(last.all().counts()), last.all())));
            }
            lines.add("");
            lines.add("In " + last.survey() + " alone");
            lines.add(changes(changes));
            lines.addAll(moves(months));
        }
        return lines;
    }

    private static List<String> headline(Month month) {
        Group all = month.all();
        return List.of(
                line(
                        "In %s, %,d domains receive mail; the mail servers of %,d could be judged (coverage %s).",
                        month.survey(), all.eligible(), all.known(), percent(all.known(), all.eligible())),
                line(
                        "STARTTLS is offered by none of the mail servers of %s, by some of %s, by all of %s.",
                        share(all.counts().get(Metric.ADOPTION_NONE), all),
                        share(all.counts().get(Metric.ADOPTION_SOME), all),
                        share(all.counts().get(Metric.ADOPTION_ALL), all)));
    }

    private static String changes(Map<Change.Kind, Long> changes) {
        return line(
                "  %,d domains climbed and %,d fell; %,d are new and %,d gone; %,d changed the provider; of %,d a certificate"
                        + " expired; of %,d enforcement broke",
                changes.getOrDefault(Change.Kind.CLIMBED, 0L),
                changes.getOrDefault(Change.Kind.FELL, 0L),
                changes.getOrDefault(Change.Kind.NEW, 0L),
                changes.getOrDefault(Change.Kind.GONE, 0L),
                changes.getOrDefault(Change.Kind.PROVIDER_CHANGED, 0L),
                changes.getOrDefault(Change.Kind.CERTIFICATE_EXPIRED, 0L),
                changes.getOrDefault(Change.Kind.ENFORCEMENT_BROKE, 0L));
    }

    private static List<String> moves(List<Month> months) {
        List<String> lines = new ArrayList<>(List.of("", "The biggest moves from one survey to the next"));
        for (Measure measure : Measure.values()) {
            for (int sign : new int[] {1, -1}) {
                Optional<Move> move = Move.biggest(months, measure, sign);
                move.ifPresent(found -> lines.add(line(
                        "  %s  %-29s %+,6d domains with %s (all together %+,d)",
                        found.survey(), found.group(), found.change(), measure.words(), found.overall())));
            }
        }
        return lines;
    }

    private static String share(long domains, Group all) {
        return line("%,d (%s)", domains, percent(domains, all.known()));
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "-" : line("%.1f %%", 100.0 * part / whole);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
