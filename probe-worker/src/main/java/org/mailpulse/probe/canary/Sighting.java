package org.mailpulse.probe.canary;

import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;

/**
 * What one look at a canary came to.
 *
 * @param told a word on it, e.g. {@code CONNECT_TIMEOUT}
 */
public record Sighting(String host, Kind kind, String told) {
    /** From the most telling down. */
    public enum Kind {
        /** STARTTLS was offered and a handshake completed. */
        WELL,
        /** The host talks, but without the STARTTLS that it is known for: something between us takes it away. */
        STRIPPED,
        /** It talks, but turns us away. */
        REFUSED,
        UNREACHABLE,
        /** DNS does not tell where it is, or only addresses that may not be asked. */
        NO_ADDRESS
    }

    static Sighting of(String host, Outcome outcome, Reason reason) {
        String told = reason == Reason.NONE ? outcome.name() : reason.name();
        return new Sighting(
                host,
                switch (outcome) {
                    case TLS_OK -> Kind.WELL;
                    case TLS_FAILED, NOT_OFFERED, STRIP_SUSPECT -> Kind.STRIPPED;
                    case SMTP_REFUSED, NOT_SMTP -> Kind.REFUSED;
                    case UNREACHABLE, SKIPPED -> Kind.UNREACHABLE;
                },
                told);
    }

    static Sighting withoutAddress(String host, String told) {
        return new Sighting(host, Kind.NO_ADDRESS, told);
    }

    boolean isWell() {
        return kind == Kind.WELL;
    }
}
