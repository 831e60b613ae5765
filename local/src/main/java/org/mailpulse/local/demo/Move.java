package org.mailpulse.local.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailpulse.model.rollup.Counts;

/**
 * A change in the number of domains from one survey to the next, net of those that went the other way.
 *
 * @param behind the provider or top-level domain with the biggest part in it, e.g. {@code provider tamber.example}
 * @param part its own change; may exceed the whole, where others moved the other way
 */
record Move(String survey, Measure measure, long change, String behind, long part) {

    /** The biggest rise (sign 1) or fall (sign -1), if there is any. */
    static Optional<Move> biggest(List<Month> months, Measure measure, int sign) {
        List<Move> moves = new ArrayList<>();
        for (int month = 1; month < months.size(); month++) {
            between(months.get(month - 1), months.get(month), measure, sign).ifPresent(moves::add);
        }
        return moves.stream().max(Comparator.comparingLong(move -> sign * move.change()));
    }

    private static Optional<Move> between(Month before, Month after, Measure measure, int sign) {
        long change = measure.of(after.all().counts()) - measure.of(before.all().counts());
        if (sign * change <= 0) {
            return Optional.empty();
        }
        Part provider = Part.biggest("provider ", before.byProvider(), after.byProvider(), measure, sign);
        Part tld = Part.biggest(".", before.byTld(), after.byTld(), measure, sign);
        // Among equals the provider: it is who can do something about it.
        Part behind = sign * tld.change() > sign * provider.change() ? tld : provider;
        return Optional.of(new Move(after.survey(), measure, change, behind.name(), behind.change()));
    }

    private record Part(String name, long change) {
        static Part biggest(
                String kind, Map<String, Counts> before, Map<String, Counts> after, Measure measure, int sign) {
            Set<String> names = new HashSet<>(before.keySet());
            names.addAll(after.keySet());
            return names.stream()
                    .map(name -> new Part(
                            kind + (name.isEmpty() ? "unknown" : name),
                            measure.of(after.getOrDefault(name, Counts.ZERO))
                                    - measure.of(before.getOrDefault(name, Counts.ZERO))))
                    .max(Comparator.comparingLong((Part part) -> sign * part.change())
                            .thenComparing(Part::name))
                    .orElse(new Part(kind + "unknown", 0));
        }
    }
}
