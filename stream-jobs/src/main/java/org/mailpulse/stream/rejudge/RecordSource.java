package org.mailpulse.stream.rejudge;

import java.util.Locale;

/** Where records are read from that are to be judged again. */
public enum RecordSource {
    /** The tables {@code observations} and {@code handshakes}. */
    ARCHIVE,
    /** The topics, up to where they end now. */
    KAFKA;

    /** How it is called on command lines. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param label also {@code auto}
     * @return null for {@code auto}: the archive where it is whole, else Kafka
     * @throws IllegalArgumentException if it is none of these
     */
    public static RecordSource named(String label) {
        if (label.equals("auto")) {
            return null;
        }
        for (RecordSource source : values()) {
            if (source.label().equals(label)) {
                return source;
            }
        }
        throw new IllegalArgumentException("--source must be archive, kafka or auto, not '" + label + "'");
    }
}
