package org.mailpulse.simulator.dns;

import java.util.stream.IntStream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;

/** One key per zone (RFC 6781 calls it a single-type signing scheme), out of a few that many zones share. */
final class ZoneKeys {
    private static final int KEYS = 16;
    private static final int ZONE_KEY_AND_ENTRY_POINT = 257;

    private final SigningKey[] keys;
    private final int[] footprints;

    /** Signs where it should not. */
    private final SigningKey stranger;

    ZoneKeys(long seed) {
        keys = IntStream.range(0, KEYS)
                .mapToObj(number -> new SigningKey(seed + "/zone/" + number))
                .toArray(SigningKey[]::new);
        stranger = new SigningKey(seed + "/stranger");
        footprints = IntStream.range(0, KEYS)
                .map(number -> record(Name.root, keys[number]).getFootprint())
                .toArray();
    }

    DNSKEYRecord dnskey(Name apex) {
        return record(apex, keys[number(apex)]);
    }

    /** For the parent zone. */
    DSRecord ds(Name apex) {
        return new DSRecord(apex, DClass.IN, Zone.TTL_SECONDS, DNSSEC.Digest.SHA256, dnskey(apex));
    }

    int footprint(Name apex) {
        return footprints[number(apex)];
    }

    SigningKey key(Zone zone) {
        return zone.isForged() ? stranger : keys[number(zone.apex())];
    }

    private static int number(Name apex) {
        return Math.floorMod(apex.hashCode(), KEYS);
    }

    private static DNSKEYRecord record(Name apex, SigningKey key) {
        return new DNSKEYRecord(
                apex,
                DClass.IN,
                Zone.TTL_SECONDS,
                ZONE_KEY_AND_ENTRY_POINT,
                DNSKEYRecord.Protocol.DNSSEC,
                DNSSEC.Algorithm.ECDSAP256SHA256,
                key.publicKey());
    }
}
