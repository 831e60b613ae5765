package org.mailpulse.model.observation;

/** What one probe (MX host × address × vantage point × time) came to; docs/methodology.md, section 1. */
public enum Outcome {
    /** STARTTLS offered and accepted, TLS handshake completed. */
    TLS_OK(Counts.YES),
    /** STARTTLS offered, but the command was refused or the handshake failed. */
    TLS_FAILED(Counts.NO),
    /** Capabilities were told and STARTTLS is not among them, or the server knows only HELO; asked twice. */
    NOT_OFFERED(Counts.NO),
    /** The keyword was masked on the way (RFC 3207 §6 names the attack), or other vantage points see STARTTLS here. */
    STRIP_SUSPECT(Counts.UNKNOWN),
    /** 4xx or 5xx, or the connection was closed, before the capability list. */
    SMTP_REFUSED(Counts.UNKNOWN),
    /** Something answered that does not speak SMTP. */
    NOT_SMTP(Counts.UNKNOWN),
    /** No TCP connection, or no greeting in time. */
    UNREACHABLE(Counts.UNKNOWN),
    /** Not asked: opted out, blocked address, beyond the per-domain cap. */
    SKIPPED(Counts.UNKNOWN);

    /** How an outcome enters the counts. Unknown is never "no". */
    public enum Counts {
        YES,
        NO,
        UNKNOWN
    }

    private final Counts counts;

    Outcome(Counts counts) {
        this.counts = counts;
    }

    public Counts countsAs() {
        return counts;
    }

    public boolean isDeterminate() {
        return counts != Counts.UNKNOWN;
    }
}
