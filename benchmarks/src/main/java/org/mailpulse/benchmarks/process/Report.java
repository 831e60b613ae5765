package org.mailpulse.benchmarks.process;

import java.util.Locale;

/** Lines for a person. */
public final class Report {
    private Report() {}

    public static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
