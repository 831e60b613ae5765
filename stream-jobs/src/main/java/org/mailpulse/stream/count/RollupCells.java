package org.mailpulse.stream.count;

import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.rollup.VerdictDigest;

/** A corrected verdict → what the cells must add so that they count it instead of the one before. */
public final class RollupCells {
    private RollupCells() {}

    public static void count(Correction correction, Sums<RollupKey> sums) {
        VerdictDigest before = correction.before();
        if (before != null && before.countsLike(correction.digest())) {
            return;
        }
        if (before != null) {
            add(correction, before, sums, -1);
        }
        add(correction, correction.digest(), sums, 1);
    }

    private static void add(Correction correction, VerdictDigest digest, Sums<RollupKey> sums, int sign) {
        String survey = correction.verdict().survey();
        String vantage = correction.verdict().vantage();
        for (RollupKey cell : RollupKey.cellsOf(survey, vantage, digest)) {
            sums.add(cell, digest.metrics(), sign);
        }
    }
}
