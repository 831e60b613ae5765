package org.mailpulse.probe.policy;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.probe.policy.Tlsa.Usage;
import org.mailpulse.probe.tls.CertificateNames;
import org.mailpulse.probe.tls.ChainPath;

/** Does a chain match TLSA records (RFC 7671 §5, RFC 7672 §3)? Pure. */
public final class DaneMatcher {
    private DaneMatcher() {}

    /**
     * @param host the MX host
     * @param chain in DER as it was presented, leaf first
     * @param at the time of the probe
     */
    public static DaneEvidence match(TlsaSet tlsa, String host, List<byte[]> chain, Instant at) {
        if (tlsa.status() != TlsaStatus.SECURE_USABLE) {
            return DaneEvidence.NOT_MEASURED;
        }
        if (chain.isEmpty()) {
            return DaneEvidence.MISMATCH;
        }
        // usage 3 vouches for the key alone: neither names nor dates count (RFC 7671 §5.1)
        if (tlsa.records().stream()
                .anyMatch(record -> record.usage() == Usage.DANE_EE && matches(record, chain.get(0)))) {
            return DaneEvidence.MATCH;
        }
        try {
            return anchored(tlsa, host, chain, at);
        } catch (CertificateException | RuntimeException | StackOverflowError e) {
            return DaneEvidence.MISMATCH; // hostile DER: whatever it is, no sender finds a path over it
        }
    }

    private static DaneEvidence anchored(TlsaSet tlsa, String host, List<byte[]> chain, Instant at)
            throws CertificateException {
        List<X509Certificate> anchors = new ArrayList<>();
        for (byte[] above : chain.subList(1, chain.size())) {
            if (tlsa.records().stream().anyMatch(record -> record.usage() == Usage.DANE_TA && matches(record, above))) {
                addReadable(above, anchors);
            }
        }
        if (anchors.isEmpty()) {
            return DaneEvidence.MISMATCH;
        }
        List<X509Certificate> certificates = new ArrayList<>(List.of(certificate(chain.get(0))));
        chain.subList(1, chain.size()).forEach(above -> addReadable(above, certificates));
        if (!ChainPath.leadsTo(anchors, certificates, at)) {
            return DaneEvidence.MISMATCH;
        }
        List<String> names = CertificateNames.of(certificates.get(0));
        boolean named = CertificateNames.hold(names, host)
                || (tlsa.base() != null && CertificateNames.hold(names, tlsa.base()));
        return named ? DaneEvidence.MATCH : new DaneEvidence(DaneEvidence.MISMATCH.match(), names);
    }

    static boolean matches(Tlsa record, byte[] certificate) {
        byte[] selected = switch (record.selector()) {
            case CERTIFICATE -> certificate;
            case PUBLIC_KEY -> PublicKeyInfo.of(certificate);
        };
        if (selected == null) {
            return false;
        }
        return Arrays.equals(
                record.data(),
                switch (record.matching()) {
                    case FULL -> selected;
                    case SHA_256 -> digest("SHA-256", selected);
                    case SHA_512 -> digest("SHA-512", selected);
                });
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /** What does not parse above the leaf is as good as not sent. */
    private static void addReadable(byte[] der, List<X509Certificate> certificates) {
        try {
            certificates.add(certificate(der));
        } catch (CertificateException | RuntimeException e) {
            // nothing to add
        }
    }

    private static X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
