package org.mailpulse.site.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.mailpulse.model.survey.SurveyName;

/** How numbers, dates and names of strangers are written. */
final class Format {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.UK);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.UK);

    /** Longest name that is shown whole, in characters. */
    private static final int MAX_NAME = 80;

    private static final double ROUNDS_TO_NOTHING = 0.0005;

    private Format() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** E.g. {@code 1 domain}, {@code 1,234 domains}. */
    static String domains(long number) {
        return count(number) + (number == 1 ? " domain" : " domains");
    }

    /**
     * With one decimal; what is neither nothing nor all is never rounded to it.
     *
     * @param share 0…1; NaN gives the empty text
     */
    static String percent(double share) {
        if (Double.isNaN(share)) {
            return "";
        }
        if (share > 0 && share < ROUNDS_TO_NOTHING) {
            return "< 0.1 %";
        }
        if (share < 1 && share >= 1 - ROUNDS_TO_NOTHING) {
            return "> 99.9 %";
        }
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    static String moment(Instant time) {
        return MOMENT.format(time.atOffset(ZoneOffset.UTC));
    }

    /** E.g. {@code November 2026} or {@code 24 November 2026}. */
    static String survey(String name) {
        LocalDate date = SurveyName.date(name);
        return (name.length() == "2026-11".length() ? MONTH : DAY).format(date);
    }

    /** A name that a stranger chose, without characters that have no look, and not too long. */
    static String name(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(MAX_NAME).map(c -> isVisible(c) ? c : '\uFFFD').forEach(clean::appendCodePoint);
        return text.codePointCount(0, text.length()) > MAX_NAME
                ? clean.append('…').toString()
                : clean.toString();
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
