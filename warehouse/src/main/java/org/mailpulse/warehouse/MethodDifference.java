package org.mailpulse.warehouse;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * How two versions of the method judge one survey from one vantage point.
 *
 * @param before the other version that the survey was judged by, the newest one of these
 * @param now the version that it has been judged by again
 * @param alike domains whose verdicts are the same in each of {@link MethodDifferences#COLUMNS}
 * @param otherwise domains with a verdict by both that are not alike
 * @param onlyBefore domains with a verdict by the one only; likewise onlyNow
 * @param byColumn column of {@code verdicts} → domains that differ in it, the most first; without zeros
 * @param shares the published ones of every target
 * @param movements the largest ones, the largest first
 */
public record MethodDifference(
        String survey,
        String vantage,
        int before,
        int now,
        long alike,
        long otherwise,
        long onlyBefore,
        long onlyNow,
        Map<String, Long> byColumn,
        List<ShareChange> shares,
        List<Movement> movements) {

    /**
     * A published share by the one and by the other version.
     *
     * @param name e.g. {@code level_enforced}
     * @param before 0…1; null where it may not be published, as is now
     */
    public record ShareChange(String name, Double before, Double now) {
        /** null where one of the two may not be published. */
        @JsonProperty
        public Double change() {
            return before == null || now == null ? null : now - before;
        }
    }

    /** Domains of which a column says something else; empty is what does not apply. */
    public record Movement(String column, String from, String to, long domains) {}
}
