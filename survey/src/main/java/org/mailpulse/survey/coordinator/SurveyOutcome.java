package org.mailpulse.survey.coordinator;

import java.time.Instant;

/**
 * How a run of a survey ended.
 *
 * @param total targets of the list
 * @param seen targets with an answer from everywhere; = total unless the run was stopped
 * @param unknown answers that leave an eligible domain's adoption unknown, from all vantage points
 * @param notObserved of those unknown: nobody answered at the vantage point, the coordinator wrote the observation itself
 * @param republished how many times a target was published again in this run
 * @param badRecords records of the topic that could not be read, or name another target than their number says
 * @param stopped the run was asked to end before all were seen
 */
public record SurveyOutcome(
        String survey,
        long total,
        long seen,
        long unknown,
        long notObserved,
        long republished,
        long badRecords,
        boolean stopped,
        Instant startedAt,
        Instant endedAt) {}
