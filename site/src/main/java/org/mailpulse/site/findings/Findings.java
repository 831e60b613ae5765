package org.mailpulse.site.findings;

import java.util.List;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.warehouse.Group;
import org.mailpulse.warehouse.SurveyRow;

/**
 * All that one page shows.
 *
 * @param surveys every survey there is, newest first
 * @param populations of the chosen survey, biggest first; empty if its list names none
 * @param totals of the chosen population
 * @param history the chosen population in the surveys of this vantage point, newest first, with the chosen one
 */
public record Findings(
        Choice choice,
        SurveyRow survey,
        List<SurveyRow> surveys,
        List<Group> populations,
        Counts totals,
        Ranking tlds,
        Ranking providers,
        List<Past> history) {

    /** A survey, and what it found. */
    public record Past(SurveyRow survey, Counts counts) {}

    /**
     * Groups that do not overlap, biggest first.
     *
     * @param others what the groups leave over of the total; null if there is nothing more
     */
    public record Ranking(List<Group> groups, Counts others) {
        static Ranking of(List<Group> found, Counts totals, int limit) {
            if (found.size() <= limit) {
                return new Ranking(List.copyOf(found), null);
            }
            List<Group> shown = List.copyOf(found.subList(0, limit));
            return new Ranking(shown, shown.stream().map(Group::counts).reduce(totals, Counts::minus));
        }
    }
}
