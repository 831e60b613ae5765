package org.mailpulse.probe.resolve;

import java.util.Locale;
import java.util.regex.Pattern;
import org.xbill.DNS.Name;

/** Names as they stand in DNS answers → names as we write them: lower case, no trailing dot. */
public final class HostNames {
    /** Wider than RFC 952 by the underscore and by hyphens anywhere: such names are looked up by mail servers too. */
    private static final Pattern LABELS = Pattern.compile("[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*");

    private static final Pattern NUMERIC_END = Pattern.compile("(?:.*\\.)?[0-9]+");
    private static final int MAX_CHARS = 253;

    private HostNames() {}

    /** The root is written as a single dot; bytes that no name should hold as {@code \ddd}. */
    static String text(Name name) {
        return name.equals(Name.root) ? "." : name.toString(true).toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a host can have this name. The root, addresses in place of names ({@code 192.0.2.1}) and names with odd
     * bytes cannot: no such name leads to an address.
     */
    public static boolean isHostName(String name) {
        return name.length() <= MAX_CHARS
                && LABELS.matcher(name).matches()
                && !NUMERIC_END.matcher(name).matches();
    }

    /** RFC 6761 §6.3. */
    static boolean isLocalhost(String name) {
        return name.equals("localhost") || name.endsWith(".localhost");
    }
}
