package org.mailpulse.site.page;

import java.util.Locale;

/**
 * One number of the page, and its piece of a bar.
 *
 * @param kind what it counts, as the style sheet calls it
 * @param label what it counts, for the reader
 * @param meaning more about that; may be empty
 * @param count domains, empty where it was not measured
 * @param percent share of the known domains, empty where it must not be published
 * @param lower the share if every unknown domain were a "no"; likewise
 * @param upper the share if every unknown domain were a "yes"; likewise
 * @param x where the piece begins, in hundredths of the bar
 * @param width of the piece, in hundredths of the bar
 */
public record Part(
        String kind,
        String label,
        String meaning,
        String count,
        String percent,
        String lower,
        String upper,
        String x,
        String width) {

    /** A number without a share. */
    static Part plain(String kind, String label, String meaning, String count) {
        return new Part(kind, label, meaning, count, "", "", "", "0", "0");
    }

    /** @param from where the piece begins, @param share how long it is, both 0…1 of the bar */
    Part drawn(double from, double share) {
        return new Part(kind, label, meaning, count, percent, lower, upper, hundredths(from), hundredths(share));
    }

    private static String hundredths(double share) {
        return String.format(Locale.ROOT, "%.2f", share * 100);
    }
}
