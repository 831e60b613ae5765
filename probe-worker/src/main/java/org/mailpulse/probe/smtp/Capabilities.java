package org.mailpulse.probe.smtp;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The answer to EHLO (RFC 5321 §4.1.1.1).
 *
 * @param serverName first word of the first line; null if that is empty
 * @param lines keywords with their parameters
 */
record Capabilities(String serverName, List<String> lines) {
    private static final String STARTTLS = "STARTTLS";

    /**
     * A filter in between must keep the length of what it overwrites, so it writes a run of one character, and some let
     * it end in a letter that counts.
     */
    private static final Pattern MASKED = Pattern.compile("(?i:X{7}[A-Z])|([*#?.~-])\\1{7}");

    /** Letters of STARTTLS in which a garbled keyword may differ. */
    private static final int MAX_GARBLED = 2;

    Capabilities {
        lines = List.copyOf(lines);
    }

    static Capabilities of(SmtpReply reply) {
        String name = firstWord(reply.lines().get(0));
        return new Capabilities(
                name.isEmpty() ? null : name,
                reply.lines().subList(1, reply.lines().size()));
    }

    boolean offersStartTls() {
        return lines.stream().anyMatch(line -> firstWord(line).equalsIgnoreCase(STARTTLS));
    }

    /** Whether a keyword stands where something wrote over STARTTLS. */
    boolean hasMaskedKeyword() {
        return lines.stream().map(Capabilities::firstWord).anyMatch(Capabilities::isMasked);
    }

    private static boolean isMasked(String keyword) {
        if (keyword.length() != STARTTLS.length()) {
            return false;
        }
        int differing = 0;
        for (int i = 0; i < keyword.length(); i++) {
            if (Character.toUpperCase(keyword.charAt(i)) != STARTTLS.charAt(i)) {
                differing++;
            }
        }
        return (differing > 0 && differing <= MAX_GARBLED)
                || MASKED.matcher(keyword).matches();
    }

    private static String firstWord(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
            end++;
        }
        return line.substring(0, end);
    }
}
