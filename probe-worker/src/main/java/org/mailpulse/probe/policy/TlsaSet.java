package org.mailpulse.probe.policy;

import java.util.List;
import java.util.Objects;
import org.mailpulse.model.observation.TlsaStatus;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;

/**
 * The TLSA records of an MX host.
 *
 * @param records those that can be used; empty unless the status is {@link TlsaStatus#SECURE_USABLE}
 * @param base the name that they stand under, which certificates may name in place of the host; may be null
 */
public record TlsaSet(TlsaStatus status, List<Tlsa> records, String base) {
    /** Each is held against each certificate of a chain; honest hosts have two or three. */
    private static final int MAX_RECORDS = 50;

    public static final TlsaSet NOT_MEASURED = without(TlsaStatus.NOT_MEASURED);

    public TlsaSet {
        records = List.copyOf(records);
    }

    static TlsaSet without(TlsaStatus status) {
        return new TlsaSet(status, List.of(), null);
    }

    /** @param found a secure RRset */
    static TlsaSet secure(List<Record> found, String base) {
        List<Tlsa> usable = found.stream()
                .map(record -> Tlsa.of((TLSARecord) record))
                .filter(Objects::nonNull)
                .limit(MAX_RECORDS)
                .toList();
        return new TlsaSet(usable.isEmpty() ? TlsaStatus.SECURE_UNUSABLE : TlsaStatus.SECURE_USABLE, usable, base);
    }
}
