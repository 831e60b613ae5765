package org.mailpulse.simulator.world;

import static org.mailpulse.model.observation.Outcome.NOT_OFFERED;
import static org.mailpulse.model.observation.Outcome.NOT_SMTP;
import static org.mailpulse.model.observation.Outcome.SMTP_REFUSED;
import static org.mailpulse.model.observation.Outcome.STRIP_SUSPECT;
import static org.mailpulse.model.observation.Outcome.TLS_FAILED;
import static org.mailpulse.model.observation.Outcome.TLS_OK;
import static org.mailpulse.model.observation.Outcome.UNREACHABLE;

import java.util.Arrays;
import java.util.List;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.TlsVersion;

/**
 * How a mail server behaves at one address, and what a faithful probe must make of it. Whose certificate is presented is
 * told by SNI alone, so it is a property of the MX host, not of the server.
 */
public enum ServerKind {
    /** TLS 1.2 and 1.3, X25519MLKEM768 among the groups. */
    TLS13_HYBRID(TlsVersion.TLS_1_3, KeyExchange.HYBRID_PQ),
    /** TLS 1.2 and 1.3, classical groups. */
    TLS13(TlsVersion.TLS_1_3, KeyExchange.ECDHE),
    TLS12(TlsVersion.TLS_1_2, KeyExchange.ECDHE),
    /** TLS 1.2 with static RSA key exchange only. */
    TLS12_STATIC_RSA(TlsVersion.TLS_1_2, KeyExchange.RSA),
    TLS11(TlsVersion.TLS_1_1, KeyExchange.ECDHE),
    TLS10(TlsVersion.TLS_1_0, KeyExchange.ECDHE),

    /** Does not know STARTTLS. */
    PLAIN(NOT_OFFERED, 24),
    /** Answers EHLO with 502. */
    HELO_ONLY(NOT_OFFERED, 8),

    /** Greets after a pause, then does all well. */
    GREETS_LATE(TLS_OK, 16),
    /** Sends a plain-text reply along with the 220 to STARTTLS, before the handshake. */
    INJECTS_PLAINTEXT(TLS_OK, 8),

    ANSWERS_STARTTLS_454(TLS_FAILED, 8),
    ANSWERS_STARTTLS_554(TLS_FAILED, 8),
    /** Answers the ClientHello with a fatal alert. */
    HANDSHAKE_ALERT(TLS_FAILED, 8),
    /** Answers the ClientHello with nothing. */
    HANDSHAKE_HANGS(TLS_FAILED, 32),
    /** Answers the ClientHello with bytes that are not TLS. */
    HANDSHAKE_GARBAGE(TLS_FAILED, 8),
    /** Closes the connection at the ClientHello. */
    HANDSHAKE_CLOSES(TLS_FAILED, 8),

    /** Shows the keyword as XXXXXXXX. */
    MASKS_KEYWORD(STRIP_SUSPECT, 8),

    GREETS_421(SMTP_REFUSED, 8),
    GREETS_554(SMTP_REFUSED, 8),
    /** Answers EHLO and HELO with 450. */
    GREYLISTS(SMTP_REFUSED, 8),
    CLOSES_AT_ONCE(SMTP_REFUSED, 8),

    /** Greets at one byte a second, and never comes to the end. */
    TARPIT(UNREACHABLE, 32),
    /** Accepts and says nothing. */
    SILENT(UNREACHABLE, 32),
    /** Nothing listens. */
    CLOSED_PORT(UNREACHABLE, 8),

    /** A greeting of lines without end. */
    ENDLESS_BANNER(NOT_SMTP, 16),
    /** Greets with random bytes. */
    GARBAGE(NOT_SMTP, 8);

    private static final int TLS_POOL = 24;

    /** Every kind that is wrong or unkind in some way, in equal parts. */
    static final List<ServerKind> HOSTILE = Arrays.stream(values())
            .filter(kind -> kind.compareTo(HELO_ONLY) >= 0)
            .toList();

    private final Outcome outcome;
    private final TlsVersion tlsVersion;
    private final KeyExchange keyExchange;
    private final int poolSize;

    ServerKind(TlsVersion tlsVersion, KeyExchange keyExchange) {
        this(TLS_OK, tlsVersion, keyExchange, TLS_POOL);
    }

    ServerKind(Outcome outcome, int poolSize) {
        this(
                outcome,
                outcome == TLS_OK ? TlsVersion.TLS_1_3 : null,
                outcome == TLS_OK ? KeyExchange.ECDHE : null,
                poolSize);
    }

    ServerKind(Outcome outcome, TlsVersion tlsVersion, KeyExchange keyExchange, int poolSize) {
        this.outcome = outcome;
        this.tlsVersion = tlsVersion;
        this.keyExchange = keyExchange;
        this.poolSize = poolSize;
    }

    /** What the methodology makes of it, seen without a middlebox in between. */
    public Outcome outcome() {
        return outcome;
    }

    /** The version that is negotiated with a modern client; null where no handshake completes, as is keyExchange. */
    public TlsVersion tlsVersion() {
        return tlsVersion;
    }

    public KeyExchange keyExchange() {
        return keyExchange;
    }

    /** Whether the capability list names STARTTLS. */
    public boolean offersStartTls() {
        return outcome == TLS_OK || outcome == TLS_FAILED;
    }

    /** Only old clients and RSA certificates go with these. */
    boolean needsRsa() {
        return this == TLS12_STATIC_RSA || this == TLS11 || this == TLS10;
    }

    /** How many addresses behave so: kinds that keep a prober waiting have more, so that it can wait in parallel. */
    int poolSize() {
        return poolSize;
    }
}
