package org.mailpulse.stream.count;

import org.mailpulse.model.rollup.VerdictDigest;
import org.mailpulse.stream.intake.Rank;

/** What stands in the counts for a domain in one survey: state, kept once per domain. */
public record Counted(VerdictDigest digest, Rank rank) {}
