package org.mailpulse.model.observation;

import java.time.Instant;
import java.util.List;

/**
 * The leaf certificate and what could be told of its chain at the time of the probe.
 *
 * @param subject RFC 2253 form, as is issuer
 * @param dnsNames SAN dNSNames, the first {@value #MAX_NAMES}
 * @param dnsNameCount how many there are in all
 * @param keyType {@code RSA}, {@code EC}, {@code Ed25519}, …
 * @param keyBits 0 where the size could not be told
 * @param sha256 lower-case hex of the DER certificate
 * @param spkiSha256 lower-case hex of the DER SubjectPublicKeyInfo
 * @param selfSigned issuer equals subject and the signature verifies with the certificate's own key
 * @param nameMatch whether it names the MX host that was asked
 */
public record CertificateFacts(
        String subject,
        String issuer,
        Instant notBefore,
        Instant notAfter,
        List<String> dnsNames,
        int dnsNameCount,
        String keyType,
        int keyBits,
        String signatureAlgorithm,
        String sha256,
        String spkiSha256,
        boolean selfSigned,
        ChainTrust trust,
        NameMatch nameMatch) {

    /** Some hosters' certificates name hundreds of domains. */
    public static final int MAX_NAMES = 20;

    public CertificateFacts {
        if (notBefore == null || notAfter == null) {
            throw new IllegalArgumentException("certificate of '" + subject + "' lacks notBefore or notAfter");
        }
        dnsNames =
                dnsNames == null ? List.of() : List.copyOf(dnsNames.subList(0, Math.min(MAX_NAMES, dnsNames.size())));
        trust = trust == null ? ChainTrust.UNTRUSTED : trust;
        nameMatch = nameMatch == null ? NameMatch.NONE : nameMatch;
    }
}
