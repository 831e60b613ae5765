package org.mailpulse.model.verdict;

/** The ladder: how well is mail to this domain protected on its way? The natural order is the ladder's. */
public enum Level {
    PLAINTEXT,
    PARTIAL,
    /** Encrypted against a passive eavesdropper, whatever the certificates. */
    OPPORTUNISTIC,
    /** Every determinate host could be authenticated by its certificate. */
    AUTHENTICABLE,
    /** A sender is told to insist, by DANE or MTA-STS. */
    ENFORCED,
    /** Not a step: eligible, but not determinate. */
    UNKNOWN;

    /** Whether the level is known and at least {@code step}. */
    public boolean atLeast(Level step) {
        return this != UNKNOWN && compareTo(step) >= 0;
    }
}
