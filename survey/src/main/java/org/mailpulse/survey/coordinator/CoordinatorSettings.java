package org.mailpulse.survey.coordinator;

import java.time.Duration;
import java.util.List;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.survey.VantageName;

/**
 * How one survey is taken, from one vantage point or several.
 *
 * @param bootstrap {@code host:port} of a Kafka broker
 * @param vantages whose answers are counted, sorted; each is to answer every target
 * @param window at most so many targets are published and not yet answered, 1…
 * @param quiet after so long without a new answer the outstanding targets are published again; more than 0
 * @param attempts how often a target is published at most, 1…
 * @param deadline counted from the start of the run; what has no answer then is not observed; null for none
 * @param progressEvery between two reports of progress; more than 0
 */
public record CoordinatorSettings(
        String bootstrap,
        String survey,
        List<String> vantages,
        int window,
        Duration quiet,
        int attempts,
        Duration deadline,
        Duration progressEvery) {

    public static final int DEFAULT_WINDOW = 20_000;
    /** A slow but honest probe (greeting after 60 s, second question, retries of DNS) ends well before. */
    public static final Duration DEFAULT_QUIET = Duration.ofSeconds(180);

    public static final int DEFAULT_ATTEMPTS = 3;
    public static final Duration DEFAULT_PROGRESS_EVERY = Duration.ofMillis(500);

    public CoordinatorSettings {
        SurveyName.check(survey);
        requireText("bootstrap", bootstrap);
        vantages = VantageName.checkAll(vantages);
        requireAtLeastOne("window", window);
        requireAtLeastOne("attempts", attempts);
        requirePositive("quiet", quiet);
        requirePositive("progressEvery", progressEvery);
        if (deadline != null) {
            requirePositive("deadline", deadline);
        }
    }

    public static CoordinatorSettings of(String bootstrap, String survey, String... vantages) {
        return of(bootstrap, survey, List.of(vantages));
    }

    public static CoordinatorSettings of(String bootstrap, String survey, List<String> vantages) {
        return new CoordinatorSettings(
                bootstrap,
                survey,
                vantages,
                DEFAULT_WINDOW,
                DEFAULT_QUIET,
                DEFAULT_ATTEMPTS,
                null,
                DEFAULT_PROGRESS_EVERY);
    }

    public CoordinatorSettings withWindow(int targets) {
        return new CoordinatorSettings(bootstrap, survey, vantages, targets, quiet, attempts, deadline, progressEvery);
    }

    public CoordinatorSettings withQuiet(Duration time) {
        return new CoordinatorSettings(bootstrap, survey, vantages, window, time, attempts, deadline, progressEvery);
    }

    public CoordinatorSettings withAttempts(int times) {
        return new CoordinatorSettings(bootstrap, survey, vantages, window, quiet, times, deadline, progressEvery);
    }

    /** @param time null for none */
    public CoordinatorSettings withDeadline(Duration time) {
        return new CoordinatorSettings(bootstrap, survey, vantages, window, quiet, attempts, time, progressEvery);
    }

    public CoordinatorSettings withProgressEvery(Duration time) {
        return new CoordinatorSettings(bootstrap, survey, vantages, window, quiet, attempts, deadline, time);
    }

    private static void requireText(String name, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, is " + value);
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value == null || value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be more than 0, is " + value);
        }
    }
}
