package org.mailpulse.survey.coordinator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;

/**
 * Who has answered? The book-keeping of a survey over the numbers 0…total-1 and its vantage points, without any input,
 * output or clock.
 *
 * <pre>
 *   not asked ── askNext ──▶ in flight ── answered from everywhere ──▶ seen
 *                             ▲     │
 *                             └─────┤ askAgain, while attempts are left
 *                                   └── giveUp ──▶ seen; not observed from where nobody answered
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

    /** Takes a target and the vantage points without an answer for it. */
    interface Missing {
        void accept(int seq, List<String> vantages);
    }

    private final int total;
    private final IntUnaryOperator order;
    private final Map<String, Answers> answers = new LinkedHashMap<>();
    private final int window;
    private final int attempts;
    private final Map<Integer, Integer> attemptsInFlight = new LinkedHashMap<>();
    private int next;
    private long askedAgain;

    /** @param order in which they are asked for the first time: position → number, a permutation of 0…total-1 */
    RollCall(int total, IntUnaryOperator order, Collection<String> vantages, int window, int attempts) {
        this.total = total;
        this.order = order;
        this.window = window;
        this.attempts = attempts;
        vantages.forEach(vantage -> answers.put(vantage, new Answers()));
    }

    /**
     * Of two answers from one vantage point for a target the later holds.
     *
     * @param vantage one of ours
     * @return whether it is the first
     */
    boolean answered(String vantage, int seq, Answer answer) {
        boolean first = answers.get(vantage).add(seq, answer);
        if (first && answers.values().stream().allMatch(from -> from.has(seq))) {
            attemptsInFlight.remove(seq);
        }
        return first;
    }

    /** Targets that are to be published for the first time, as many as the window has room for. */
    void askNext(Missing ask) {
        while (next < total && attemptsInFlight.size() < window) {
            int seq = order.applyAsInt(next++);
            List<String> missing = missing(seq);
            if (!missing.isEmpty()) {
                attemptsInFlight.put(seq, 1);
                ask.accept(seq, missing);
            }
        }
    }

    /** Those in flight whose attempts are not used up; each counts as published once more. */
    void askAgain(Missing ask) {
        attemptsInFlight.replaceAll((seq, asked) -> {
            if (asked == attempts) {
                return asked;
            }
            askedAgain++;
            ask.accept(seq, missing(seq));
            return asked + 1;
        });
    }

    /** Those in flight whose attempts are used up: they are seen from now on, as not observed where nobody answered. */
    void giveUp(Missing given) {
        List<Integer> hopeless = attemptsInFlight.entrySet().stream()
                .filter(asked -> asked.getValue() == attempts)
                .map(Map.Entry::getKey)
                .toList();
        hopeless.forEach(seq -> giveUp(seq, given));
    }

    /** Time is up for everyone without an answer, asked or not. */
    void giveUpAll(Missing given) {
        for (Answers from : answers.values()) {
            for (long seq = from.nextWithout(0); seq < total; seq = from.nextWithout(seq + 1)) {
                giveUp((int) seq, given);
            }
        }
    }

    private void giveUp(int seq, Missing given) {
        List<String> missing = missing(seq);
        missing.forEach(vantage -> answered(vantage, seq, Answer.NOT_OBSERVED));
        given.accept(seq, missing);
    }

    private List<String> missing(int seq) {
        List<String> missing = new ArrayList<>(answers.size());
        answers.forEach((vantage, from) -> {
            if (!from.has(seq)) {
                missing.add(vantage);
            }
        });
        return missing;
    }

    boolean isComplete() {
        return seen() == total;
    }

    int total() {
        return total;
    }

    /** The answers of the vantage point that is furthest behind. */
    Answers slowest() {
        return answers.values().stream()
                .min(Comparator.comparingInt(Answers::seen))
                .orElseThrow();
    }

    /** Targets that each vantage point has answered at least; = total when all are through. */
    int seen() {
        return slowest().seen();
    }

    /** Over all vantage points. */
    long unknown() {
        return sum(Answers::unknown);
    }

    /** Over all vantage points. */
    long notObserved() {
        return sum(Answers::notObserved);
    }

    int inFlight() {
        return attemptsInFlight.size();
    }

    long askedAgain() {
        return askedAgain;
    }

    private long sum(ToIntFunction<Answers> count) {
        return answers.values().stream().mapToLong(count::applyAsInt).sum();
    }
}
