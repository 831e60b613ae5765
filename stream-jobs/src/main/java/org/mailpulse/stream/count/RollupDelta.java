package org.mailpulse.stream.count;

import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;

/** To be added to a cell; counts may be negative. */
public record RollupDelta(RollupKey cell, Counts counts) {}
