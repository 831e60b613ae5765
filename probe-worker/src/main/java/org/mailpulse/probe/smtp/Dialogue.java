package org.mailpulse.probe.smtp;

import java.util.List;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;

/**
 * What to say next, and what the answers mean. No I/O and no clock: each event returns the next step, which the caller
 * takes. One command is in flight at a time, and MAIL FROM is never said.
 *
 * <pre>
 *  CONNECT ─connected─▶ GREETING ─220─▶ EHLO ─250 with STARTTLS─▶ STARTTLS ─220─▶ HANDSHAKE ─done─▶ EHLO_IN_TLS ─▶ QUIT ─▶ ENDED
 *     │                    │             │ ├─250 without──▶ NOT_OFFERED, or STRIP_SUSPECT if masked ─────────────▶ QUIT
 *     │                    │             │ └─5xx──▶ HELO ─250──▶ NOT_OFFERED (HELO_ONLY) ────────────────────────▶ QUIT
 *     │                    ├─4xx, 5xx────┴─4xx, 5xx──▶ SMTP_REFUSED ───────────────────────────────────────────▶ QUIT
 *     │                    └─no SMTP─────┴─no SMTP──▶ NOT_SMTP ────────────────────────────────────────────────▶ ENDED
 *     └─failed─▶ UNREACHABLE ──▶ ENDED      STARTTLS refused ──▶ TLS_FAILED ──▶ QUIT;  handshake failed ──▶ ENDED
 * </pre>
 *
 * A time-out or a close means what {@link Phase} says of the phase it falls into; from EHLO_IN_TLS on it means nothing.
 */
final class Dialogue {
    /** What the caller has to do. */
    record Step(Kind kind, String command) {
        enum Kind {
            /** Send the command and wait for its reply. */
            SEND,
            /** Begin the TLS handshake: whatever came after the reply is not ours. */
            SECURE,
            /** Send QUIT, and end when it is answered or takes too long. */
            QUIT,
            /** Close without a word. */
            CLOSE
        }

        private static Step send(String command) {
            return new Step(Kind.SEND, command);
        }

        private static final Step SECURE = new Step(Kind.SECURE, null);
        private static final Step QUIT = new Step(Kind.QUIT, "QUIT");
        private static final Step CLOSE = new Step(Kind.CLOSE, null);
    }

    private final String ehloName;
    private Phase phase = Phase.CONNECT;
    private Outcome outcome;
    private Reason reason = Reason.NONE;
    private String detail;
    private String banner;
    private String serverName;
    private List<String> capabilities = List.of();
    private List<String> capabilitiesInTls = List.of();

    /** @param ehloName the prober's own name, never the target's */
    Dialogue(String ehloName) {
        this.ehloName = ehloName;
    }

    void connected() {
        require(Phase.CONNECT);
        phase = Phase.GREETING;
    }

    /** No TCP connection. */
    Step connectFailed(Reason why, String more) {
        require(Phase.CONNECT);
        return decide(Outcome.UNREACHABLE, why, more, Step.CLOSE);
    }

    /** The connection led to an address that must not be talked to. */
    Step forbidden() {
        require(Phase.CONNECT);
        return decide(Outcome.SKIPPED, Reason.BLOCKED_ADDRESS, null, Step.CLOSE);
    }

    Step replied(SmtpReply reply) {
        return switch (phase) {
            case GREETING -> greeted(reply);
            case EHLO -> answeredEhlo(reply);
            case HELO -> answeredHelo(reply);
            case STARTTLS -> answeredStartTls(reply);
            case EHLO_IN_TLS -> answeredEhloInTls(reply);
            case QUIT, ENDED -> end();
            case CONNECT, HANDSHAKE -> throw new IllegalStateException("a reply in phase " + phase);
        };
    }

    private Step greeted(SmtpReply reply) {
        banner = reply.lines().get(0);
        if (reply.code() == 220) {
            phase = Phase.EHLO;
            return Step.send("EHLO " + ehloName);
        }
        if (reply.isTransientFailure()) {
            return refused(Reason.GREETING_REFUSED_4XX, reply);
        }
        if (reply.isPermanentFailure()) {
            return refused(Reason.GREETING_REFUSED_5XX, reply);
        }
        return decide(Outcome.NOT_SMTP, Reason.NOT_SMTP_GREETING, reply.summary(), Step.CLOSE);
    }

    private Step answeredEhlo(SmtpReply reply) {
        if (reply.code() == 250) {
            return learned(Capabilities.of(reply));
        }
        if (reply.isPermanentFailure()) {
            phase = Phase.HELO;
            return Step.send("HELO " + ehloName);
        }
        if (reply.isTransientFailure()) {
            return refused(Reason.EHLO_REFUSED, reply);
        }
        return decide(Outcome.NOT_SMTP, Reason.NOT_SMTP_REPLY, reply.summary(), Step.CLOSE);
    }

    private Step learned(Capabilities told) {
        capabilities = told.lines();
        serverName = told.serverName();
        if (told.offersStartTls()) {
            phase = Phase.STARTTLS;
            return Step.send("STARTTLS");
        }
        if (told.hasMaskedKeyword()) {
            return decide(Outcome.STRIP_SUSPECT, Reason.MASKED_KEYWORD, null, Step.QUIT);
        }
        return decide(Outcome.NOT_OFFERED, Reason.NONE, null, Step.QUIT);
    }

    private Step answeredHelo(SmtpReply reply) {
        if (reply.code() == 250) {
            serverName = Capabilities.of(reply).serverName();
            return decide(Outcome.NOT_OFFERED, Reason.HELO_ONLY, null, Step.QUIT);
        }
        if (reply.isTransientFailure() || reply.isPermanentFailure()) {
            return refused(Reason.EHLO_REFUSED, reply);
        }
        return decide(Outcome.NOT_SMTP, Reason.NOT_SMTP_REPLY, reply.summary(), Step.CLOSE);
    }

    private Step answeredStartTls(SmtpReply reply) {
        if (reply.code() == 220) {
            phase = Phase.HANDSHAKE;
            return Step.SECURE;
        }
        Reason why = reply.isTransientFailure()
                ? Reason.STARTTLS_REFUSED_4XX
                : reply.isPermanentFailure() ? Reason.STARTTLS_REFUSED_5XX : Reason.STARTTLS_NOT_SMTP;
        return decide(Outcome.TLS_FAILED, why, reply.summary(), Step.QUIT);
    }

    private Step answeredEhloInTls(SmtpReply reply) {
        if (reply.code() == 250) {
            Capabilities told = Capabilities.of(reply);
            capabilitiesInTls = told.lines();
            serverName = told.serverName() == null ? serverName : told.serverName();
        }
        phase = Phase.QUIT;
        return Step.QUIT;
    }

    /** The handshake is completed. */
    Step secured() {
        require(Phase.HANDSHAKE);
        outcome = Outcome.TLS_OK;
        phase = Phase.EHLO_IN_TLS;
        return Step.send("EHLO " + ehloName);
    }

    Step handshakeFailed(Reason why, String more) {
        require(Phase.HANDSHAKE);
        return decide(Outcome.TLS_FAILED, why, more, Step.CLOSE);
    }

    /** What came is no SMTP. */
    Step malformed(String what) {
        return switch (phase) {
            case GREETING -> decide(Outcome.NOT_SMTP, Reason.NOT_SMTP_GREETING, what, Step.CLOSE);
            case EHLO, HELO -> decide(Outcome.NOT_SMTP, Reason.NOT_SMTP_REPLY, what, Step.CLOSE);
            case STARTTLS -> decide(Outcome.TLS_FAILED, Reason.STARTTLS_NOT_SMTP, what, Step.CLOSE);
            case CONNECT, HANDSHAKE, EHLO_IN_TLS, QUIT, ENDED -> end();
        };
    }

    Step closed(boolean reset) {
        if (phase.isDecided()) {
            return end();
        }
        boolean resetEarly = reset && phase == Phase.GREETING;
        return decide(phase.whenClosed(), resetEarly ? Reason.RESET_BEFORE_GREETING : phase.closed(), null, Step.CLOSE);
    }

    /** The phase took longer than it may. */
    Step late() {
        return phase.isDecided() ? end() : decide(phase.whenLate(), phase.late(), null, Step.CLOSE);
    }

    /** The whole took longer than it may. */
    Step overdue() {
        return phase.isDecided()
                ? end()
                : decide(phase.whenLate(), Reason.PROBE_TIMEOUT, "in phase " + phase, Step.CLOSE);
    }

    /** A fault of ours tells nothing about the server. */
    Step broken(String what) {
        return phase.isDecided() ? end() : decide(Outcome.SKIPPED, Reason.INTERNAL_ERROR, what, Step.CLOSE);
    }

    private Step refused(Reason why, SmtpReply reply) {
        return decide(Outcome.SMTP_REFUSED, why, reply.summary(), Step.QUIT);
    }

    private Step decide(Outcome what, Reason why, String more, Step next) {
        outcome = what;
        reason = why;
        detail = more;
        phase = next == Step.QUIT ? Phase.QUIT : Phase.ENDED;
        return next;
    }

    private Step end() {
        phase = Phase.ENDED;
        return Step.CLOSE;
    }

    private void require(Phase expected) {
        if (phase != expected) {
            throw new IllegalStateException("in phase " + phase + ", not " + expected);
        }
    }

    Phase phase() {
        return phase;
    }

    Outcome outcome() {
        return outcome;
    }

    Reason reason() {
        return reason;
    }

    String detail() {
        return detail;
    }

    String banner() {
        return banner;
    }

    String serverName() {
        return serverName;
    }

    List<String> capabilities() {
        return capabilities;
    }

    List<String> capabilitiesInTls() {
        return capabilitiesInTls;
    }
}
