package org.mailpulse.stream.intake;

import org.mailpulse.model.verdict.DomainVerdict;

/**
 * A verdict and the rank of the observation that it rests on.
 *
 * @param latePlace where the observation lies, if a clock record that closes its survey lies before it; else null
 */
public record JudgedDomain(DomainVerdict verdict, Rank rank, String latePlace) {
    public boolean isLate() {
        return latePlace != null;
    }
}
