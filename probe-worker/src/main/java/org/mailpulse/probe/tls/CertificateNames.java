package org.mailpulse.probe.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import org.mailpulse.model.observation.NameMatch;

/** Whom a certificate names: SAN dNSNames alone (RFC 9525). */
public final class CertificateNames {
    private CertificateNames() {}

    public static List<String> of(X509Certificate leaf) {
        return LeafReader.dnsNames(leaf);
    }

    /** @param host in A-labels, lower case, without a dot at the end */
    public static boolean hold(List<String> names, String host) {
        return NameMatcher.match(names, null, host) == NameMatch.SAN;
    }
}
