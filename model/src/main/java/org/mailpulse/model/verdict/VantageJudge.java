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
     * @param seen of one domain in one survey, at most one per vantage point, in any order
     * @return a verdict for each vantage point, by name, and at the end that of the consensus; empty for nothing seen
     */
    public static List<DomainVerdict> judge(Collection<Observation> seen) {
        if (seen.isEmpty()) {
            return List.of();
        }
        List<Observation> believed = StripSuspects.mark(
                seen.stream().sorted(comparing(Observation::vantage)).toList());
        List<DomainVerdict> verdicts =
                new ArrayList<>(believed.stream().map(DomainJudge::judge).toList());
        Boolean disagree = disagree(verdicts);
        verdicts.add(DomainJudge.judge(Consensus.merge(believed)));
        verdicts.replaceAll(verdict -> verdict.withVantagesDisagree(disagree));
        return List.copyOf(verdicts);
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
