package org.mailpulse.model.verdict;

/** DANE for SMTP (RFC 7672) over a whole domain. */
public enum DaneState {
    NOT_MEASURED,
    /** No host has a secure, usable TLSA record, or the MX RRset itself is not secure. */
    NONE,
    /** Some determinate hosts have matching records, others have none. */
    PARTIAL,
    /** The MX RRset is secure and every determinate host has a secure, usable record that matches its chain. */
    VALID,
    /** Published, but a host does not match, offers no TLS, or its TLSA answer fails: such a domain loses mail. */
    BROKEN
}
