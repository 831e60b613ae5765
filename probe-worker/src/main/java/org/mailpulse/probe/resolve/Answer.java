package org.mailpulse.probe.resolve;

import java.util.List;
import org.xbill.DNS.Record;

/**
 * What one question came to, aliases followed.
 *
 * @param records of the type asked for; empty unless the kind is {@link Kind#FOUND}
 * @param detail a word on an error, e.g. {@code SERVFAIL}; null otherwise
 */
record Answer(Kind kind, List<Record> records, String detail) {
    enum Kind {
        FOUND,
        NXDOMAIN,
        /** The name exists, but not with this type. */
        NO_DATA,
        ERROR
    }

    static final Answer NXDOMAIN = new Answer(Kind.NXDOMAIN, List.of(), null);
    static final Answer NO_DATA = new Answer(Kind.NO_DATA, List.of(), null);

    static Answer found(List<Record> records) {
        return new Answer(Kind.FOUND, List.copyOf(records), null);
    }

    static Answer error(String detail) {
        return new Answer(Kind.ERROR, List.of(), detail);
    }
}
