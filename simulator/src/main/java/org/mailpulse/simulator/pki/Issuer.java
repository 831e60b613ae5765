package org.mailpulse.simulator.pki;

/** Who signs a leaf. */
public enum Issuer {
    /** The trusted root itself. */
    ROOT,
    /** An intermediate below the trusted root; the usual way. */
    INTERMEDIATE,
    /** The leaf's own key. */
    SELF,
    /** A root that nobody trusts. */
    UNKNOWN_CA
}
