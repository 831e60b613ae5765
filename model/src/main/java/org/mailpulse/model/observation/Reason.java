package org.mailpulse.model.observation;

/** Why a probe ended as it did, by phase. What each proves about the host grows from top to bottom. */
public enum Reason {
    /** Nothing to explain: the handshake completed, or the capability list simply lacks STARTTLS. */
    NONE,

    // not asked
    OPTED_OUT,
    /** Private, loopback, link-local, multicast, documentation… address, and probing those was not allowed. */
    BLOCKED_ADDRESS,
    /** Beyond the number of MX hosts or addresses that are probed per domain. */
    OVER_CAP,
    /** The address had put off many others in a row, so this one was spared. */
    BACKED_OFF,

    // TCP
    CONNECT_REFUSED,
    CONNECT_TIMEOUT,
    NO_ROUTE,
    CONNECT_FAILED,

    // greeting
    GREETING_TIMEOUT,
    CLOSED_BEFORE_GREETING,
    RESET_BEFORE_GREETING,
    GREETING_REFUSED_4XX,
    GREETING_REFUSED_5XX,
    NOT_SMTP_GREETING,

    // EHLO, HELO
    EHLO_TIMEOUT,
    EHLO_REFUSED,
    CLOSED_AT_EHLO,
    NOT_SMTP_REPLY,
    HELO_ONLY,
    MASKED_KEYWORD,

    // STARTTLS
    STARTTLS_REFUSED_4XX,
    STARTTLS_REFUSED_5XX,
    STARTTLS_TIMEOUT,
    CLOSED_AT_STARTTLS,
    STARTTLS_NOT_SMTP,

    // TLS handshake
    HANDSHAKE_TIMEOUT,
    HANDSHAKE_ALERT,
    HANDSHAKE_CLOSED,
    HANDSHAKE_NOT_TLS,
    HANDSHAKE_FAILED,

    // the whole probe
    PROBE_TIMEOUT,
    /** A "no" that a second question did not confirm; it is not believed. */
    UNCONFIRMED,
    /** Hosts known to be well were out of reach too, or stripped: the fault lies with the vantage point. */
    VANTAGE_QUARANTINED,
    /** A fault of the prober itself. */
    INTERNAL_ERROR,

    // judged later
    /** Not offered here, but at another vantage point of the same survey. */
    OFFERED_ELSEWHERE
}
