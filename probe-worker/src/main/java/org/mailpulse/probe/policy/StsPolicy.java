package org.mailpulse.probe.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An MTA-STS policy (RFC 8461 §3.2).
 *
 * @param mode enforce, testing or none
 * @param mxPatterns host names, in A-labels and lower case, the left-most label of which may be {@code *}
 * @param maxAge in seconds
 */
record StsPolicy(String mode, List<String> mxPatterns, long maxAge) {
    // applied to hostile text: no pattern may go back and forth in it, or repeat a group without a limit
    private static final Pattern FIELD = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]{0,31}):(.*)");
    private static final Pattern MX = Pattern.compile("(?:\\*\\.)?[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*\\.?");
    private static final Pattern MAX_AGE = Pattern.compile("[0-9]{1,10}");
    private static final int MAX_MX_CHARS = 255;
    private static final Set<String> MODES = Set.of("enforce", "testing", "none");

    StsPolicy {
        mxPatterns = List.copyOf(mxPatterns);
    }

    /** @return empty if the text is no valid policy; lines may end in LF or CRLF */
    static Optional<StsPolicy> parse(String text) {
        Map<String, String> fields = new HashMap<>();
        List<String> patterns = new ArrayList<>();
        for (String line : text.split("\r?\n", -1)) {
            Matcher field = FIELD.matcher(line);
            if (field.matches()) {
                String value = field.group(2).strip();
                if (field.group(1).equals("mx")) {
                    patterns.add(value.toLowerCase(Locale.ROOT));
                } else {
                    fields.putIfAbsent(field.group(1), value); // of several the first counts
                }
            } else if (!line.isBlank()) {
                return Optional.empty();
            }
        }
        String mode = fields.getOrDefault("mode", "");
        boolean valid = "STSv1".equals(fields.get("version"))
                && MODES.contains(mode)
                && MAX_AGE.matcher(fields.getOrDefault("max_age", "")).matches()
                && patterns.stream().allMatch(StsPolicy::isPattern)
                && (!patterns.isEmpty() || mode.equals("none"));
        return valid
                ? Optional.of(new StsPolicy(mode, withoutDots(patterns), Long.parseLong(fields.get("max_age"))))
                : Optional.empty();
    }

    private static boolean isPattern(String text) {
        return text.length() <= MAX_MX_CHARS && MX.matcher(text).matches();
    }

    private static List<String> withoutDots(List<String> patterns) {
        return patterns.stream()
                .map(pattern -> pattern.endsWith(".") ? pattern.substring(0, pattern.length() - 1) : pattern)
                .toList();
    }
}
