package org.mailpulse.model.verdict;

/** Does the domain ask for reports about TLS? docs/methodology.md, section 5. */
public enum TlsRptState {
    /** Not looked at, or the record could not be looked up. */
    NOT_MEASURED,
    NONE,
    PRESENT,
    MALFORMED
}
