package org.mailpulse.warehouse;

/**
 * How many domains of a cell moved from one level to another since the survey before.
 *
 * @param survey the later of the two
 * @param fromLevel name of a {@link org.mailpulse.model.verdict.Level}, or {@code ABSENT}; likewise toLevel
 * @param version of several rows with one key the one with the greatest version holds; not negative
 */
public record TransitionRow(
        String survey,
        String vantage,
        String population,
        String tld,
        String provider,
        String fromLevel,
        String toLevel,
        long domains,
        int methodVersion,
        long version) {}
