package org.mailpulse.probe.resolve;

import java.util.List;
import org.mailpulse.model.observation.DnssecState;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * What one question came to, aliases followed.
 *
 * @param records of the type asked for; empty unless the kind is {@link Kind#FOUND}
 * @param detail a word on an error, e.g. {@code SERVFAIL}; null otherwise
 * @param dnssec of the answer and of all aliases on the way to it: the worst of them
 * @param owner the name at the end of the aliases
 */
public record Answer(Kind kind, List<Record> records, String detail, DnssecState dnssec, Name owner) {
    static final String BOGUS = "BOGUS";

    public enum Kind {
        FOUND,
        NXDOMAIN,
        /** The name exists, but not with this type. */
        NO_DATA,
        ERROR
    }

    public Answer {
        records = List.copyOf(records);
    }

    static Answer found(List<Record> records, DnssecState dnssec, Name owner) {
        return new Answer(Kind.FOUND, records, null, dnssec, owner);
    }

    static Answer nothing(Kind kind, DnssecState dnssec, Name owner) {
        return new Answer(kind, List.of(), null, dnssec, owner);
    }

    static Answer error(String detail, DnssecState dnssec, Name owner) {
        return new Answer(Kind.ERROR, List.of(), detail, dnssec, owner);
    }

    boolean isAliased(Name asked) {
        return !owner.equals(asked);
    }

    /** Of two parts of one answer the one that can be relied on less decides. */
    static DnssecState worse(DnssecState one, DnssecState other) {
        return rank(one) <= rank(other) ? one : other;
    }

    private static int rank(DnssecState state) {
        return switch (state) {
            case BOGUS -> 0;
            case NOT_MEASURED -> 1;
            case INSECURE -> 2;
            case SECURE -> 3;
        };
    }
}
