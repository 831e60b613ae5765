package org.mailpulse.model.verdict;

import java.time.Instant;
import java.util.List;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.TlsVersion;

/**
 * What the facts about one domain mean, under one version of the methodology: a row of table {@code verdicts}.
 *
 * @param seq the target's number
 * @param suffix public suffix, by both sections of the list
 * @param provider id of a rule, else registrable domain of the MX host or {@link Provider#SELF_HOSTED}; empty where the
 *     domain is not eligible or DNS failed
 * @param reason why the status or the adoption is what it is, where that needs a word; else empty
 * @param adoption null where not eligible, as are preferredAdoption and level
 * @param preferredAdoption the same over the most preferred MX hosts alone
 * @param mxHosts all MX hosts; = mxYes + mxNo + mxMixed + mxUnknown
 * @param allStrict every MX host is determinate and yes
 * @param tlsVersion the lowest among determinate hosts; null where no handshake completed, as are keyExchange and
 *     certificateClass
 * @param certificateClass the first in precedence among determinate hosts
 * @param certificateFlags every fault that a certificate of a determinate host has, in the order of precedence
 * @param certificateEnds the earliest end of validity among these certificates; null without one
 * @param providerKind null where no rule names the provider
 * @param legacyOnly whether a mail server of the domain knows only what is too old for the modern offer; null where that
 *     is not known
 */
public record DomainVerdict(
        String survey,
        String vantage,
        long seq,
        String domain,
        List<String> populations,
        String organisation,
        String category,
        String country,
        String tld,
        String suffix,
        String provider,
        Provider.Evidence providerEvidence,
        DomainStatus status,
        String reason,
        boolean implicitMx,
        Adoption adoption,
        Adoption preferredAdoption,
        boolean allStrict,
        Level level,
        int mxHosts,
        int mxYes,
        int mxNo,
        int mxMixed,
        int mxUnknown,
        TlsVersion tlsVersion,
        KeyExchange keyExchange,
        CertificateClass certificateClass,
        DaneState dane,
        MtaStsState mtaSts,
        boolean enforcementBroken,
        Instant observedAt,
        int methodVersion,
        List<CertificateFlag> certificateFlags,
        Instant certificateEnds,
        ProviderKind providerKind,
        TlsRptState tlsRpt,
        Boolean legacyOnly) {

    public DomainVerdict {
        tlsRpt = tlsRpt == null ? TlsRptState.NOT_MEASURED : tlsRpt; // state of an older job knows nothing of it
    }

    public boolean isEligible() {
        return status.isEligible();
    }
}
