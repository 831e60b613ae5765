package org.mailpulse.model.rollup;

/**
 * A share as it is published: never a bare percentage; docs/methodology.md, section 8.
 *
 * @param yes domains for which it holds
 * @param known determinate domains (none + some + all): the denominator
 * @param eligible determinate and unknown domains
 */
public record Share(long yes, long known, long eligible) {
    /** Fewer determinate domains than this tell nothing. */
    public static final long MIN_DOMAINS = 20;

    /** Below this coverage the unknown could turn the picture round. */
    public static final double MIN_COVERAGE = 0.70;

    public Share {
        if (yes < 0 || yes > known || known > eligible) {
            throw new IllegalArgumentException(
                    "need 0 <= yes <= known <= eligible, not " + yes + ", " + known + ", " + eligible);
        }
    }

    /** yes / known, 0…1; NaN where nothing is known. */
    public double value() {
        return ratio(yes, known);
    }

    /** known / eligible, 0…1; NaN where nothing is eligible. */
    public double coverage() {
        return ratio(known, eligible);
    }

    /** The share if every unknown domain were a "no". */
    public double lowerBound() {
        return ratio(yes, eligible);
    }

    /** The share if every unknown domain were a "yes". */
    public double upperBound() {
        return ratio(yes + eligible - known, eligible);
    }

    /** Whether the share may be shown, or the cell is to be left blank. */
    public boolean isPublishable() {
        return known >= MIN_DOMAINS && coverage() >= MIN_COVERAGE;
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
