package org.mailpulse.stream.vantage;

import java.time.Instant;
import java.util.Collection;
import org.mailpulse.stream.intake.Rank;

/**
 * The rank of a judgement that rests on one record of each of several vantage points. It rises whenever a record joins or
 * is replaced by a later one, so of two judgements the one that knows more holds, and it depends on the records alone:
 * whatever the order of their arrival, the last judgement is the same and has the same rank.
 *
 * <p>The latest time would not do: a record from elsewhere may change a judgement although it is older. Hence sums, which
 * rise with each of their parts. Their moment is none that a clock has shown; it is compared with its like only.
 */
final class CombinedRank {
    /** Fingerprints are cut down so that the sum of {@code VantageName.MAX_VANTAGES} of them fits into a long. */
    private static final int CUT = 4;

    private CombinedRank() {}

    /** @throws java.time.DateTimeException if the moments are beyond all measure */
    static Rank of(Collection<Rank> ranks) {
        Instant moments = Instant.EPOCH;
        long fingerprints = 0;
        for (Rank rank : ranks) {
            Instant at = rank.at();
            // earlier than any moment at which somebody looked, but later than not being there
            moments = at == null
                    ? moments.plusNanos(1)
                    : moments.plusSeconds(at.getEpochSecond()).plusNanos(at.getNano());
            fingerprints += rank.fingerprint() >> CUT;
        }
        return new Rank(moments, fingerprints);
    }
}
