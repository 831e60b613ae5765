package org.mailpulse.stream.count;

import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.stream.intake.JudgedDomain;
import org.mailpulse.stream.intake.Rank;

/**
 * What stands in the counts for a domain in one survey: state, kept once per domain.
 *
 * @param verdict without the texts that nothing is counted by
 */
public record Counted(DomainVerdict verdict, Rank rank) {

    static Counted of(JudgedDomain judged) {
        return new Counted(withoutTexts(judged.verdict()), judged.rank());
    }

    private static DomainVerdict withoutTexts(DomainVerdict full) {
        return new DomainVerdict(
                full.survey(),
                full.vantage(),
                full.seq(),
                full.domain(),
                full.populations(),
                "",
                "",
                "",
                full.tld(),
                full.suffix(),
                full.provider(),
                full.providerEvidence(),
                full.status(),
                "",
                full.implicitMx(),
                full.adoption(),
                full.preferredAdoption(),
                full.allStrict(),
                full.level(),
                full.mxHosts(),
                full.mxYes(),
                full.mxNo(),
                full.mxMixed(),
                full.mxUnknown(),
                full.tlsVersion(),
                full.keyExchange(),
                full.certificateClass(),
                full.dane(),
                full.mtaSts(),
                full.enforcementBroken(),
                full.observedAt(),
                full.methodVersion(),
                full.vantagesDisagree(),
                full.stripSuspected());
    }
}
