package org.mailpulse.local.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.verdict.ProviderRules;

/**
 * A change in the number of domains of one group from one survey to the next, net of those that went the other way.
 *
 * @param group a provider or a top-level domain, e.g. {@code provider tamber.example} or {@code .no}
 * @param change of the group
 * @param overall change of all domains together
 */
record Move(String survey, Measure measure, String group, long change, long overall) {

    /** Fewer domains, as a share of those known, are but noise. */
    private static final double WORTH_TELLING = 0.005;

    /** The biggest rise (sign 1) or fall (sign -1) of any group, if there is any worth telling. */
    static Optional<Move> biggest(List<Month> months, Measure measure, int sign) {
        double least = Math.max(1, months.get(0).all().known() * WORTH_TELLING);
        List<Move> moves = new ArrayList<>();
        for (int month = 1; month < months.size(); month++) {
            Month before = months.get(month - 1);
            Month after = months.get(month);
            // Providers first: of equal parts it is they who can do something about it.
            moves.addAll(moves(Move::provider, before, after, before.byProvider(), after.byProvider(), measure));
            moves.addAll(moves(tld -> "." + tld, before, after, before.byTld(), after.byTld(), measure));
        }
        return moves.stream()
                .filter(move -> sign * move.change() >= least)
                .sorted(Comparator.comparingLong((Move move) -> -sign * move.change()))
                .findFirst();
    }

    private static String provider(String name) {
        return "provider " + ProviderRules.known().displayName(name);
    }

    private static List<Move> moves(
            UnaryOperator<String> naming,
            Month before,
            Month after,
            Map<String, Counts> groupsBefore,
            Map<String, Counts> groupsAfter,
            Measure measure) {
        long overall =
                measure.of(after.all().counts()) - measure.of(before.all().counts());
        Set<String> names = new HashSet<>(groupsBefore.keySet());
        names.addAll(groupsAfter.keySet());
        return names.stream()
                .filter(name -> !name.isEmpty())
                .sorted()
                .map(name -> new Move(
                        after.survey(),
                        measure,
                        naming.apply(name),
                        measure.of(groupsAfter.getOrDefault(name, Counts.ZERO))
                                - measure.of(groupsBefore.getOrDefault(name, Counts.ZERO)),
                        overall))
                .toList();
    }
}
