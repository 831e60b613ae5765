package org.mailpulse.survey.coordinator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Who has answered? The book-keeping of a survey over the numbers 0…total-1, without any input, output or clock.
 *
 * <pre>
 *   not asked ── askNext ──▶ in flight ── answered ──▶ seen
 *                             ▲     │
 *                             └─────┤ askAgain, while attempts are left
 *                                   └── giveUp ──▶ seen, as not observed
 * </pre>
 *
 * An answer counts whatever the state: it may come from an earlier run.
 */
final class RollCall {
    /** What an answer says of its target. */
    enum Answer {
        KNOWN,
        UNKNOWN,
        NOT_OBSERVED
    }

    private final int total;
    private final IntUnaryOperator order;
    private final int window;
    private final int attempts;
    private final RoaringBitmap seen = new RoaringBitmap();
    private final RoaringBitmap unknown = new RoaringBitmap();
    private final RoaringBitmap notObserved = new RoaringBitmap();
    private final Map<Integer, Integer> attemptsInFlight = new LinkedHashMap<>();
    private int seenCount;
    private int next;
    private long askedAgain;

    /** @param order in which they are asked for the first time: position → number, a permutation of 0…total-1 */
    RollCall(int total, IntUnaryOperator order, int window, int attempts) {
        this.total = total;
        this.order = order;
        this.window = window;
        this.attempts = attempts;
    }

    /**
     * Of two answers for a target the later holds.
     *
     * @return whether it is the first
     */
    boolean answered(int seq, Answer answer) {
        mark(unknown, seq, answer != Answer.KNOWN);
        mark(notObserved, seq, answer == Answer.NOT_OBSERVED);
        attemptsInFlight.remove(seq);
        if (!seen.checkedAdd(seq)) {
            return false;
        }
        seenCount++;
        return true;
    }

    /** Targets that are to be published for the first time, as many as the window has room for. */
    void askNext(IntConsumer ask) {
        while (next < total && attemptsInFlight.size() < window) {
            int seq = order.applyAsInt(next++);
            if (!seen.contains(seq)) {
                attemptsInFlight.put(seq, 1);
                ask.accept(seq);
            }
        }
    }

    /** Those in flight whose attempts are not used up; each counts as published once more. */
    List<Integer> askAgain() {
        List<Integer> again = new ArrayList<>();
        attemptsInFlight.replaceAll((seq, asked) -> {
            if (asked == attempts) {
                return asked;
            }
            again.add(seq);
            return asked + 1;
        });
        askedAgain += again.size();
        return again;
    }

    /** Those in flight whose attempts are used up: they are seen from now on, as not observed. */
    List<Integer> giveUp() {
        List<Integer> hopeless = attemptsInFlight.entrySet().stream()
                .filter(asked -> asked.getValue() == attempts)
                .map(Map.Entry::getKey)
                .toList();
        hopeless.forEach(seq -> answered(seq, Answer.NOT_OBSERVED));
        return hopeless;
    }

    /** Time is up for everyone without an answer, asked or not; in the order of their numbers. */
    void giveUpAll(IntConsumer giveUp) {
        for (long seq = seen.nextAbsentValue(0); seq < total; seq = seen.nextAbsentValue((int) seq + 1)) {
            answered((int) seq, Answer.NOT_OBSERVED);
            giveUp.accept((int) seq);
        }
    }

    boolean isComplete() {
        return seenCount == total;
    }

    int total() {
        return total;
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

    int inFlight() {
        return attemptsInFlight.size();
    }

    long askedAgain() {
        return askedAgain;
    }

    private static void mark(RoaringBitmap set, int seq, boolean member) {
        if (member) {
            set.add(seq);
        } else {
            set.remove(seq);
        }
    }
}
