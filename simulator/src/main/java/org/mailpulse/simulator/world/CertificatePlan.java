package org.mailpulse.simulator.world;

import java.util.List;

/**
 * The certificate that an MX host presents. Equal plans mean one and the same certificate.
 *
 * @param rsa an RSA key, else P-256
 * @param names SAN dNSNames
 */
public record CertificatePlan(CertificateKind kind, boolean rsa, List<String> names) {
    public CertificatePlan {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a " + kind + " certificate needs a name");
        }
    }
}
