package org.mailpulse.model.verdict;

/** Independent faults of a certificate, in the order of precedence for its class; docs/methodology.md, section 4. */
public enum CertificateFlag {
    EXPIRED,
    NOT_YET_VALID,
    SELF_SIGNED,
    /** No path to the trust store; an incomplete chain is one reason. */
    UNTRUSTED,
    NAME_MISMATCH,
    /** A demonstration, default or "snake oil" certificate. */
    PLACEHOLDER,
    WEAK_KEY,
    WEAK_SIGNATURE
}
