package org.mailpulse.simulator.dns;

import java.util.List;
import org.mailpulse.simulator.world.MailPlan.Manner;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/**
 * What is to be said, and how.
 *
 * @param rcode see {@link Rcode}
 * @param manner how the answer is delivered
 * @param records of the answer section; where there are none, the zone's SOA goes into the authority section
 */
record Answer(int rcode, Manner manner, List<Record> records) {
    Answer {
        records = List.copyOf(records);
    }

    static final Answer NODATA = new Answer(Rcode.NOERROR, Manner.PROMPT, List.of());
    static final Answer NXDOMAIN = new Answer(Rcode.NXDOMAIN, Manner.PROMPT, List.of());
    static final Answer SERVFAIL = new Answer(Rcode.SERVFAIL, Manner.PROMPT, List.of());
    static final Answer REFUSED = new Answer(Rcode.REFUSED, Manner.PROMPT, List.of());

    static Answer of(List<Record> records) {
        return new Answer(Rcode.NOERROR, Manner.PROMPT, records);
    }

    Answer in(Manner newManner) {
        return new Answer(rcode, newManner, records);
    }

    /** Needs the zone's SOA (RFC 2308 §2). */
    boolean isNegative() {
        return records.isEmpty() && (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN);
    }
}
