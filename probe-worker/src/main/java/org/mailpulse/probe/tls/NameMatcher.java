package org.mailpulse.probe.tls;

import java.util.List;
import java.util.Locale;
import org.mailpulse.model.observation.NameMatch;

/**
 * Does a certificate name a host? RFC 9525 §6.3: names are A-labels compared without regard to case; a {@code *} counts
 * only as the whole left-most label, and stands for exactly one label.
 */
final class NameMatcher {
    private NameMatcher() {}

    /**
     * @param dnsNames SAN dNSNames
     * @param commonName of the subject; null without one
     * @param host lower-case A-labels, no trailing dot
     */
    static NameMatch match(List<String> dnsNames, String commonName, String host) {
        if (dnsNames.stream().anyMatch(name -> names(name, host))) {
            return NameMatch.SAN;
        }
        return commonName != null && names(commonName, host) ? NameMatch.CN_ONLY : NameMatch.NONE;
    }

    private static boolean names(String presented, String host) {
        String name = presented.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (!name.startsWith("*.")) {
            return name.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && name.length() > 2 && host.substring(dot).equals(name.substring(1));
    }
}
