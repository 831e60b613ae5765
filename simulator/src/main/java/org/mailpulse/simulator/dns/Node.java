package org.mailpulse.simulator.dns;

import java.util.List;
import java.util.function.IntFunction;
import org.mailpulse.simulator.world.MailPlan.Manner;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * A name and what stands at it.
 *
 * @param zone that it lies in
 * @param manner how questions about it are answered
 * @param content type → records, none for a type that is not there; made when asked for
 */
record Node(Name name, Zone zone, Presence presence, Manner manner, IntFunction<List<Record>> content) {
    enum Presence {
        ABSENT,
        /** Also a name without records that only has names below it. */
        PRESENT,
        /** Of the zone above a cut: all but NS and DS lies below it. */
        DELEGATION
    }

    static Node absent(Name name, Zone zone) {
        return new Node(name, zone, Presence.ABSENT, Manner.PROMPT, type -> List.of());
    }

    static Node present(Name name, Zone zone, IntFunction<List<Record>> content) {
        return new Node(name, zone, Presence.PRESENT, Manner.PROMPT, content);
    }

    static Node empty(Name name, Zone zone) {
        return present(name, zone, type -> List.of());
    }

    Node in(Manner newManner) {
        return new Node(name, zone, presence, newManner, content);
    }

    boolean exists() {
        return presence != Presence.ABSENT;
    }

    List<Record> records(int type) {
        return content.apply(type);
    }
}
