package org.mailpulse.model.verdict;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.mailpulse.model.observation.Observation;

/** One domain in one survey, as several vantage points see it: docs/methodology.md, section 8, as a pure function. */
public final class VantageJudge {
    private VantageJudge() {}

    /**
     * What is believed of what was seen.
     *
     * @param seen of one domain in one survey, at most one per vantage point, in any order
     * @return an observation of each vantage point, by name, and at the end the consensus; empty for nothing seen
     */
    public static List<Observation> believe(Collection<Observation> seen) {
        if (seen.isEmpty()) {
            return List.of();
        }
        List<Observation> believed = new ArrayList<>(StripSuspects.mark(
                seen.stream().sorted(comparing(Observation::vantage)).toList()));
        believed.add(Consensus.merge(believed));
        return List.copyOf(believed);
    }

    /**
     * @param believed what {@link #believe} has found
     * @return a verdict on each, in the same order
     */
    public static List<DomainVerdict> judge(List<Observation> believed, Method method) {
        if (believed.isEmpty()) {
            return List.of();
        }
        List<DomainVerdict> verdicts =
                believed.stream().map(seen -> DomainJudge.judge(seen, method)).toList();
        Boolean disagree = disagree(verdicts.subList(0, verdicts.size() - 1));
        return verdicts.stream()
                .map(verdict -> verdict.withVantagesDisagree(disagree))
                .toList();
    }

    /** Null where fewer than two know a level: who knows none neither agrees nor disagrees. */
    private static Boolean disagree(List<DomainVerdict> verdicts) {
        List<Level> known = verdicts.stream()
                .map(DomainVerdict::level)
                .filter(Objects::nonNull)
                .filter(level -> level != Level.UNKNOWN)
                .toList();
        return known.size() < 2 ? null : known.stream().distinct().count() > 1;
    }
}
