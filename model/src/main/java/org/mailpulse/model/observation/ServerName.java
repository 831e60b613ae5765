package org.mailpulse.model.observation;

import java.util.Locale;
import java.util.regex.Pattern;

/** How a server calls itself, where that is a fully qualified host name (RFC 5321 §2.3.5); hostile until it has passed here. */
final class ServerName {
    /** RFC 1035 §2.3.4: 255 bytes on the wire, of which two are not text. */
    private static final int MAX_CHARS = 253;

    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");

    /** As in an IPv4 address: no top-level domain is a number (RFC 3696 §2). */
    private static final Pattern NUMBER_LAST = Pattern.compile(".*\\.[0-9]+");

    private ServerName() {}

    /** In lower case and without the last dot; null for anything else, among it names of one label and U-labels. */
    static String of(String claimed) {
        if (claimed == null || claimed.length() > MAX_CHARS + 1) {
            return null;
        }
        String lower = claimed.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        boolean valid = name.length() <= MAX_CHARS
                && LABELS.matcher(name).matches()
                && !NUMBER_LAST.matcher(name).matches();
        return valid ? name : null;
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
