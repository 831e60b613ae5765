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
 * @param zone that all of it is from; null where there is nothing to say but the rcode
 * @param records of the answer section
 * @param denied what the question, aliases followed, led to in vain; null if it did not
 */
record Answer(int rcode, Manner manner, Zone zone, List<Record> records, Node denied) {
    static final Answer SERVFAIL = without(Rcode.SERVFAIL, Manner.PROMPT);
    static final Answer REFUSED = without(Rcode.REFUSED, Manner.PROMPT);
    static final Answer DROPPED = without(Rcode.NOERROR, Manner.DROPPED);

    Answer {
        records = List.copyOf(records);
    }

    private static Answer without(int rcode, Manner manner) {
        return new Answer(rcode, manner, null, List.of(), null);
    }

    /** @param led what the question, aliases followed, led to */
    static Answer of(Manner manner, List<Record> records, Node led, boolean found) {
        int rcode = led.exists() ? Rcode.NOERROR : Rcode.NXDOMAIN;
        return new Answer(rcode, manner, led.zone(), records, found ? null : led);
    }
}
