package org.mailpulse.stream.intake;

import com.google.common.hash.Hashing;
import java.time.Instant;
import java.util.Comparator;

/**
 * Which of two records about the same thing holds: the later one. Of two of the same moment it is the one with the
 * greater fingerprint, which is arbitrary but the same in every order of arrival. Equal ranks are the same record.
 *
 * @param at null is earlier than any moment
 * @param fingerprint of the record's bytes; the same on every machine and in every release
 */
public record Rank(Instant at, long fingerprint) implements Comparable<Rank> {
    private static final Comparator<Rank> ORDER = Comparator.comparing(
                    Rank::at, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparingLong(Rank::fingerprint);

    public static Rank of(Instant at, byte[] record) {
        return new Rank(at, Hashing.farmHashFingerprint64().hashBytes(record).asLong());
    }

    public boolean isAfter(Rank other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Rank other) {
        return ORDER.compare(this, other);
    }
}
