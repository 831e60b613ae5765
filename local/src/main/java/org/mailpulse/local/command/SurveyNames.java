package org.mailpulse.local.command;

import java.time.Clock;
import java.time.YearMonth;
import org.mailpulse.model.survey.SurveyName;

/** The {@code --survey} option. */
final class SurveyNames {
    private SurveyNames() {}

    static String orThisMonth(String given) {
        return given == null ? YearMonth.now(Clock.systemUTC()).toString() : check(given);
    }

    static String check(String given) {
        try {
            return SurveyName.check(given);
        } catch (IllegalArgumentException e) {
            throw UserException.usage("--survey: " + e.getMessage());
        }
    }
}
