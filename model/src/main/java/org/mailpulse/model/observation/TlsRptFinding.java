package org.mailpulse.model.observation;

import java.util.List;

/**
 * Where the domain wants reports about TLS to be sent (RFC 8460 §3).
 *
 * @param rua the first {@value #MAX_URIS} addresses of the kinds {@code mailto:} and {@code https:}; empty unless the
 *     state is {@link State#PRESENT}; hostile text
 */
public record TlsRptFinding(State state, List<String> rua) {
    public enum State {
        NOT_MEASURED,
        /** No such TXT record at {@code _smtp._tls.<domain>}. */
        ABSENT,
        PRESENT,
        /** More than one, or one that names nobody to report to. */
        MALFORMED,
        /** The record could not be looked up. */
        ERROR
    }

    public static final int MAX_URIS = 10;
    public static final int MAX_URI_CHARS = 500;

    public static final TlsRptFinding NOT_MEASURED = only(State.NOT_MEASURED);

    public TlsRptFinding {
        state = state == null ? State.NOT_MEASURED : state;
        rua = rua == null ? List.of() : List.copyOf(rua.subList(0, Math.min(MAX_URIS, rua.size())));
    }

    public static TlsRptFinding only(State state) {
        return new TlsRptFinding(state, null);
    }
}
