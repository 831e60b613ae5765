package org.mailpulse.probe.policy;

import java.util.List;
import org.mailpulse.model.observation.DaneMatch;
import org.mailpulse.probe.tls.CertificateNames;

/**
 * What comparing a chain with TLSA records came to. With usage 2 the certificate must also name whom the mail is for, and
 * the domain is one of the names that will do (RFC 7672 §3.2.2): so that one verdict of many domains waits for each.
 *
 * @param names that the certificate bears, where the match depends on them; else empty
 */
public record DaneEvidence(DaneMatch match, List<String> names) {
    public static final DaneEvidence NOT_MEASURED = new DaneEvidence(DaneMatch.NOT_MEASURED, List.of());
    static final DaneEvidence MATCH = new DaneEvidence(DaneMatch.MATCH, List.of());
    static final DaneEvidence MISMATCH = new DaneEvidence(DaneMatch.MISMATCH, List.of());

    public DaneEvidence {
        names = List.copyOf(names);
    }

    /** @param domain in A-labels, lower case, whose MX RRset is secure */
    public DaneMatch towards(String domain) {
        return match == DaneMatch.MISMATCH && CertificateNames.hold(names, domain) ? DaneMatch.MATCH : match;
    }
}
