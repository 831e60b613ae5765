package org.mailpulse.probe.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.mailpulse.model.observation.ChainTrust;

/** Does a path lead from a leaf over the certificates beside it to the trust store (RFC 5280 §6)? */
final class ChainJudge {
    private final TrustStore trust;

    ChainJudge(TrustStore trust) {
        this.trust = trust;
    }

    /**
     * An expired leaf may well have been trusted while it was in date: dates and trust are told apart by asking about
     * the moment of the leaf's validity that is nearest to now.
     *
     * @param chain leaf first; at least one
     */
    ChainTrust judge(List<X509Certificate> chain, Instant now) {
        X509Certificate leaf = chain.get(0);
        if (trust.holds(leaf) || ChainPath.exists(trust.anchors(), chain, nearest(now, leaf))) {
            return ChainTrust.TRUSTED;
        }
        return isComplete(chain) ? ChainTrust.UNTRUSTED : ChainTrust.INCOMPLETE;
    }

    private static Date nearest(Instant now, X509Certificate leaf) {
        Instant from = leaf.getNotBefore().toInstant();
        Instant until = leaf.getNotAfter().toInstant();
        Instant at = now.isBefore(from) ? from : now;
        return Date.from(at.isAfter(until) ? until : at);
    }

    /** Follows the issuers within the chain: is the last one its own, or one that the trust store knows by name? */
    private boolean isComplete(List<X509Certificate> chain) {
        X509Certificate top = chain.get(0);
        for (int steps = 0; steps <= chain.size(); steps++) {
            if (isSelfIssued(top) || isAnchor(top)) {
                return true;
            }
            X509Certificate next = issuer(top, chain);
            if (next == null) {
                return false;
            }
            top = next;
        }
        return true; // a circle: nothing is missing, and nothing is proven
    }

    private boolean isAnchor(X509Certificate certificate) {
        return trust.anchors().stream()
                .anyMatch(anchor ->
                        anchor.getTrustedCert().getSubjectX500Principal().equals(certificate.getIssuerX500Principal()));
    }

    private static X509Certificate issuer(X509Certificate certificate, List<X509Certificate> chain) {
        return chain.stream()
                .filter(other -> other != certificate
                        && other.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .findFirst()
                .orElse(null);
    }

    static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }
}
