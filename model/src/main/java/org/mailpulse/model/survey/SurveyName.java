package org.mailpulse.model.survey;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** A survey is named by its nominal date: a month ({@code 2026-11}) or, for denser series, a day ({@code 2026-11-24}). */
public final class SurveyName {
    private static final Pattern SHAPE = Pattern.compile("(\\d{4}-\\d{2})(-\\d{2})?");

    /** A survey is named in millions of records. Names that have a date are few, but whoever writes records may use many. */
    private static final Map<String, LocalDate> KNOWN = new ConcurrentHashMap<>();

    private static final int MAX_KNOWN = 1_000;

    private SurveyName() {}

    /**
     * @return the name itself
     * @throws IllegalArgumentException if it is not {@code YYYY-MM} or {@code YYYY-MM-DD}
     */
    public static String check(String survey) {
        date(survey);
        return survey;
    }

    /** The first moment of the month or day that names the survey, UTC: the event time of all that belongs to it. */
    public static Instant eventTime(String survey) {
        return date(survey).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The nominal date; a month is dated by its first day. */
    public static LocalDate date(String survey) {
        LocalDate known = survey == null ? null : KNOWN.get(survey);
        if (known != null) {
            return known;
        }
        LocalDate date = parse(survey);
        if (KNOWN.size() < MAX_KNOWN) {
            KNOWN.put(survey, date);
        }
        return date;
    }

    private static LocalDate parse(String survey) {
        if (survey != null && SHAPE.matcher(survey).matches()) {
            try {
                return LocalDate.parse(survey.length() == 7 ? survey + "-01" : survey);
            } catch (DateTimeException e) {
                // falls through to the one message
            }
        }
        throw new IllegalArgumentException("survey must be a month or day such as 2026-11, not '" + survey + "'");
    }
}
