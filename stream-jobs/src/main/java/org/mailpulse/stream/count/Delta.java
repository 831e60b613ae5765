package org.mailpulse.stream.count;

import org.mailpulse.model.rollup.Counts;

/** To be added to a cell; counts may be negative. */
public record Delta<K>(K cell, Counts counts) {}
