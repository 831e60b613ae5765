package org.mailpulse.simulator.dns;

import org.mailpulse.simulator.world.MailPlan.Signing;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;

/** A zone, in lower case. */
record Zone(Name apex, Signing signing) {
    static final long TTL_SECONDS = 300;
    static final Zone ROOT = new Zone(Name.root, Signing.SIGNED);

    private static final Name NAME_SERVER = Name.fromConstantString("ns");
    private static final Name HOSTMASTER = Name.fromConstantString("hostmaster");

    boolean isSigned() {
        return signing != Signing.UNSIGNED;
    }

    /** The signatures are past their date. */
    boolean isExpired() {
        return signing == Signing.EXPIRED;
    }

    /** The signatures are of a key that is not the zone's. */
    boolean isForged() {
        return signing == Signing.WRONG;
    }

    SOARecord soa() {
        return new SOARecord(
                apex,
                DClass.IN,
                TTL_SECONDS,
                Records.below(NAME_SERVER, apex),
                Records.below(HOSTMASTER, apex),
                1,
                3_600,
                600,
                86_400,
                TTL_SECONDS);
    }

    NSRecord ns() {
        return new NSRecord(apex, DClass.IN, TTL_SECONDS, Records.below(NAME_SERVER, apex));
    }
}
