package org.mailpulse.probe.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Paths from a leaf over the certificates beside it to an anchor (RFC 5280 §6). */
public final class ChainPath {
    private static final int MAX_INTERMEDIATES = 8;
    private static final int X509_V3 = 3;

    private ChainPath() {}

    /**
     * @param anchors certificates of authorities; one that is out of date, or no authority, does not count
     * @param chain leaf first; at least one
     */
    public static boolean leadsTo(List<X509Certificate> anchors, List<X509Certificate> chain, Instant at) {
        Date date = Date.from(at);
        Set<TrustAnchor> usable = anchors.stream()
                .filter(anchor -> isAuthority(anchor) && isInDate(anchor, date))
                .map(anchor -> new TrustAnchor(anchor, null))
                .collect(Collectors.toSet());
        return !usable.isEmpty() && exists(usable, chain, date);
    }

    static boolean exists(Set<TrustAnchor> anchors, List<X509Certificate> chain, Date at) {
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(chain.get(0));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setDate(at);
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(MAX_INTERMEDIATES);
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (CertPathBuilderException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PKIX cannot be set up", e);
        }
    }

    /** Version 1 had no way to say so. */
    private static boolean isAuthority(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0 || certificate.getVersion() < X509_V3;
    }

    private static boolean isInDate(X509Certificate certificate, Date at) {
        try {
            certificate.checkValidity(at);
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }
}
