package org.mailpulse.model.observation;

import java.util.Locale;

/** How a server calls itself, where that is a fully qualified host name (RFC 5321 §2.3.5); hostile until it has passed here. */
final class ServerName {
    /** RFC 1035 §2.3.4: 255 bytes on the wire, of which two are not text. */
    private static final int MAX_CHARS = 253;

    private static final int MAX_LABEL = 63;

    private ServerName() {}

    /** In lower case and without the last dot; null for anything else, among it names of one label and U-labels. */
    static String of(String claimed) {
        if (claimed == null || claimed.length() > MAX_CHARS + 1) {
            return null;
        }
        String lower = claimed.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return name.length() <= MAX_CHARS && isHostName(name) ? name : null;
    }

    /** Two labels or more, of which the last is no number, as in an IPv4 address: no top-level domain is one (RFC 3696 §2). */
    private static boolean isHostName(String name) {
        int start = 0;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
            if (!isLabel(name, start, dot)) {
                return false;
            }
            start = dot + 1;
        }
        return start > 0 && isLabel(name, start, name.length()) && !isNumber(name, start);
    }

    /** RFC 5321 §2.3.5: letters, digits and hyphens, which stand neither first nor last. */
    private static boolean isLabel(String name, int start, int end) {
        if (end == start || end - start > MAX_LABEL || name.charAt(start) == '-' || name.charAt(end - 1) == '-') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && !isDigit(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(String name, int start) {
        for (int i = start; i < name.length(); i++) {
            if (!isDigit(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The first word of a greeting; null where it is no host name. */
    static String ofGreeting(String banner) {
        if (banner == null) {
            return null;
        }
        String text = banner.strip();
        int end = 0;
        while (end < text.length() && end <= MAX_CHARS + 1 && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return of(text.substring(0, end));
    }
}
