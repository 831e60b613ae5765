package org.mailpulse.warehouse;

import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;

/** @param version of several rows with one key the one with the greatest version holds; not negative */
public record RollupRow(RollupKey key, Counts counts, long version) {}
