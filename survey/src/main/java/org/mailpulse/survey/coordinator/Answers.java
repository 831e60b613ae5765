package org.mailpulse.survey.coordinator;

import org.roaringbitmap.RoaringBitmap;

/** Which targets one vantage point has answered, by their numbers; a few bits each. */
final class Answers {
    private final RoaringBitmap seen = new RoaringBitmap();
    private final RoaringBitmap unknown = new RoaringBitmap();
    private final RoaringBitmap notObserved = new RoaringBitmap();
    private int seenCount;

    /**
     * Of two answers for a target the later holds.
     *
     * @return whether it is the first
     */
    boolean add(int seq, RollCall.Answer answer) {
        mark(unknown, seq, answer != RollCall.Answer.KNOWN);
        mark(notObserved, seq, answer == RollCall.Answer.NOT_OBSERVED);
        if (!seen.checkedAdd(seq)) {
            return false;
        }
        seenCount++;
        return true;
    }

    boolean has(int seq) {
        return seen.contains(seq);
    }

    /** The first number from {@code from} on that has no answer; may lie beyond the last target. */
    long nextWithout(long from) {
        return seen.nextAbsentValue((int) from);
    }

    int seen() {
        return seenCount;
    }

    int unknown() {
        return unknown.getCardinality();
    }

    int notObserved() {
        return notObserved.getCardinality();
    }

    private static void mark(RoaringBitmap set, int seq, boolean member) {
        if (member) {
            set.add(seq);
        } else {
            set.remove(seq);
        }
    }
}
