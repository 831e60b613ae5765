package org.mailpulse.stream.rejudge;

import java.util.Locale;

/** Where records are read from that are to be judged again. */
public enum RecordSource {
    /** The tables {@code observations} and {@code handshakes}. */
    ARCHIVE,
    /** The topics, up to where they end now. */
    KAFKA;

    /** For people. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
