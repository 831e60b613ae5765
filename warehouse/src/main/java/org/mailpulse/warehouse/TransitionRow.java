package org.mailpulse.warehouse;

import org.mailpulse.model.rollup.TransitionKey;

/** @param version of several rows with one key the one with the greatest version holds; not negative */
public record TransitionRow(TransitionKey key, long domains, long version) {}
