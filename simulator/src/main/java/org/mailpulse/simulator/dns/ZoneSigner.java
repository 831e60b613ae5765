package org.mailpulse.simulator.dns;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;

/** Signs RRsets at the moment that they are asked for (RFC 4034 §3). Signatures are not kept: they cost too little. */
final class ZoneSigner {
    private static final byte[] NOT_YET = {};

    /** Room for clocks that are wrong. */
    private static final Duration SINCE = Duration.ofHours(12);

    private static final Duration UNTIL = Duration.ofDays(14);
    private static final Duration EXPIRED_SINCE = Duration.ofDays(60);
    private static final Duration EXPIRED_UNTIL = Duration.ofDays(-30);

    private final ZoneKeys keys;
    private final Clock clock;

    ZoneSigner(ZoneKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** The same records, and behind each RRset, whose records must follow each other, its signature. */
    List<Record> sign(List<? extends Record> records, Zone zone) {
        List<Record> signed = new ArrayList<>(records.size() + 2);
        int start = 0;
        for (int i = 1; i <= records.size(); i++) {
            if (i == records.size() || !records.get(i).sameRRset(records.get(start))) {
                List<? extends Record> rrset = records.subList(start, i);
                signed.addAll(rrset);
                signed.add(signature(rrset, zone));
                start = i;
            }
        }
        return signed;
    }

    private RRSIGRecord signature(List<? extends Record> rrset, Zone zone) {
        Record first = rrset.get(0);
        Instant now = clock.instant();
        Instant since = now.minus(zone.isExpired() ? EXPIRED_SINCE : SINCE);
        Instant until = now.plus(zone.isExpired() ? EXPIRED_UNTIL : UNTIL);
        RRSIGRecord unsigned = rrsig(first, zone, since, until, NOT_YET);
        byte[] data = DNSSEC.digestRRset(unsigned, new RRset(rrset.toArray(Record[]::new)));
        return rrsig(first, zone, since, until, keys.key(zone).sign(data));
    }

    private RRSIGRecord rrsig(Record of, Zone zone, Instant since, Instant until, byte[] signature) {
        Name apex = zone.apex();
        return new RRSIGRecord(
                of.getName(),
                DClass.IN,
                of.getTTL(),
                of.getType(),
                DNSSEC.Algorithm.ECDSAP256SHA256,
                of.getTTL(),
                until,
                since,
                keys.footprint(apex),
                apex,
                signature);
    }
}
