package org.mailpulse.model.rollup;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A domain's verdicts in two consecutive surveys from one vantage point, when the later one has closed.
 *
 * @param previous the survey before; null where there is none to compare with, and then nothing moved
 * @param before null where the domain was no target of it
 * @param now null where the domain is no target of {@code survey}; not both are null
 */
public record Comparison(
        String survey, String previous, String vantage, String domain, VerdictDigest before, VerdictDigest now) {

    public Comparison {
        if (before == null && now == null) {
            throw new IllegalArgumentException("nothing to compare for '" + domain + "' in " + survey);
        }
    }

    public Standing from() {
        return before == null ? Standing.ABSENT : before.standing();
    }

    public Standing to() {
        return now == null ? Standing.ABSENT : now.standing();
    }

    /**
     * The moves that it is: one for everything, one for each population that the domain is in or was in. None where there is nothing to
     * compare with, or where the domain was and is outside of the cross-section.
     */
    public List<TransitionKey> transitions() {
        if (previous == null) {
            return List.of();
        }
        List<TransitionKey> moves = new ArrayList<>();
        addMove(moves, RollupKey.EVERYTHING, from(), to());
        for (String population : populations()) {
            addMove(
                    moves,
                    population,
                    isIn(population, before) ? from() : Standing.ABSENT,
                    isIn(population, now) ? to() : Standing.ABSENT);
        }
        return moves;
    }

    private void addMove(List<TransitionKey> moves, String population, Standing from, Standing to) {
        if (from != Standing.ABSENT || to != Standing.ABSENT) {
            moves.add(TransitionKey.of(this, population, from, to));
        }
    }

    private Set<String> populations() {
        Set<String> all = new LinkedHashSet<>();
        if (now != null) {
            all.addAll(now.populations());
        }
        if (before != null) {
            all.addAll(before.populations());
        }
        return all;
    }

    private static boolean isIn(String population, VerdictDigest digest) {
        return digest != null && digest.populations().contains(population);
    }
}
