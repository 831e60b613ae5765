package org.mailpulse.stream.count;

import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;

/**
 * A row of table {@code rollups}.
 *
 * @param version of several rows with one key the one with the greatest version holds
 */
public record RollupRow(RollupKey key, Counts counts, long version) {}
