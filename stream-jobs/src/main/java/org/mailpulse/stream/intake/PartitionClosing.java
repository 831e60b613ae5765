package org.mailpulse.stream.intake;

/**
 * How far the surveys are closed on one partition: state.
 *
 * @param through event time of the latest survey that a clock record of this partition closes
 */
public record PartitionClosing(int partition, long through) {}
