package org.mailpulse.survey.coordinator;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a survey has come; of several vantage points the one that is furthest behind tells.
 *
 * @param total targets of the list
 * @param seen targets with an answer, of this run or an earlier one
 * @param unknown of those seen: eligible domains whose adoption is not known
 * @param inFlight published in this run and not yet seen
 * @param republished how many times a target was published again in this run
 * @param perSecond targets newly seen, over the last half minute
 * @param eta until all are seen, at that rate; null where it cannot be told
 * @param startedAt of this run
 */
public record Progress(
        String survey,
        long total,
        long seen,
        long unknown,
        long inFlight,
        long republished,
        double perSecond,
        Duration eta,
        Instant startedAt) {}
