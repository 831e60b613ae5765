package org.mailpulse.site.findings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.survey.SurveyName;

/**
 * What a visitor asks for, as far as the address tells.
 *
 * @param survey null for the newest
 * @param vantage null for the first that there is
 * @param population name of a list, or {@link RollupKey#EVERYTHING}
 */
public record Asked(String survey, String vantage, String population) {
    /** Longer than any address that the page itself makes. */
    private static final int MAX_QUERY = 4_000;

    private static final Set<String> NAMES = Set.of("survey", "vantage", "population");

    /**
     * @param query still encoded, without the question mark; null if there is none
     * @throws RefusedException unless every parameter is known, well formed and there once
     */
    public static Asked parse(String query) throws RefusedException {
        Map<String, String> values = values(query == null ? "" : query);
        String survey = values.get("survey");
        if (survey != null) {
            checkSurvey(survey);
        }
        return new Asked(survey, values.get("vantage"), values.getOrDefault("population", RollupKey.EVERYTHING));
    }

    private static Map<String, String> values(String query) throws RefusedException {
        if (query.length() > MAX_QUERY) {
            throw RefusedException.malformed("The address is too long.");
        }
        Map<String, String> values = new HashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (pair.isEmpty()) {
                continue;
            }
            if (!NAMES.contains(name)) {
                throw RefusedException.malformed("There is no parameter “" + name + "”.");
            }
            // An empty field of a form is a question that was not asked.
            if (!value.isEmpty() && values.put(name, value) != null) {
                throw RefusedException.malformed("The parameter “" + name + "” is there twice.");
            }
        }
        return values;
    }

    private static String decode(String text) throws RefusedException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RefusedException.malformed("The address is not encoded properly: “" + text + "”.");
        }
    }

    private static void checkSurvey(String survey) throws RefusedException {
        try {
            SurveyName.check(survey);
        } catch (IllegalArgumentException e) {
            throw RefusedException.malformed("A survey is a month or day such as 2026-11, not “" + survey + "”.");
        }
    }
}
