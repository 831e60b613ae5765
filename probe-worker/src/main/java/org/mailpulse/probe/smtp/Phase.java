package org.mailpulse.probe.smtp;

import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;

/** Where an exchange stands, and what it proves if it breaks off there. */
enum Phase {
    CONNECT(Outcome.UNREACHABLE, Reason.CONNECT_TIMEOUT, Outcome.UNREACHABLE, Reason.CONNECT_FAILED),
    GREETING(Outcome.UNREACHABLE, Reason.GREETING_TIMEOUT, Outcome.SMTP_REFUSED, Reason.CLOSED_BEFORE_GREETING),
    EHLO(Outcome.SMTP_REFUSED, Reason.EHLO_TIMEOUT, Outcome.SMTP_REFUSED, Reason.CLOSED_AT_EHLO),
    HELO(Outcome.SMTP_REFUSED, Reason.EHLO_TIMEOUT, Outcome.SMTP_REFUSED, Reason.CLOSED_AT_EHLO),
    STARTTLS(Outcome.TLS_FAILED, Reason.STARTTLS_TIMEOUT, Outcome.TLS_FAILED, Reason.CLOSED_AT_STARTTLS),
    HANDSHAKE(Outcome.TLS_FAILED, Reason.HANDSHAKE_TIMEOUT, Outcome.TLS_FAILED, Reason.HANDSHAKE_CLOSED),
    /** From here on the outcome stands, whatever comes. */
    EHLO_IN_TLS,
    QUIT,
    ENDED;

    private final Outcome whenLate;
    private final Reason late;
    private final Outcome whenClosed;
    private final Reason closed;

    Phase() {
        this(null, null, null, null);
    }

    Phase(Outcome whenLate, Reason late, Outcome whenClosed, Reason closed) {
        this.whenLate = whenLate;
        this.late = late;
        this.whenClosed = whenClosed;
        this.closed = closed;
    }

    boolean isDecided() {
        return compareTo(EHLO_IN_TLS) >= 0;
    }

    Outcome whenLate() {
        return whenLate;
    }

    Reason late() {
        return late;
    }

    Outcome whenClosed() {
        return whenClosed;
    }

    Reason closed() {
        return closed;
    }
}
