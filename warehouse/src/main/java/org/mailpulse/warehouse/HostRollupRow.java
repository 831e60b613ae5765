package org.mailpulse.warehouse;

import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.HostRollupKey;

/** @param version of several rows with one key the one with the greatest version holds; not negative */
public record HostRollupRow(HostRollupKey key, Counts counts, long version) {}
