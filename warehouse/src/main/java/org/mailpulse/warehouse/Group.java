package org.mailpulse.warehouse;

import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.rollup.Share;

/**
 * The domains of one survey that have a top-level domain, a provider or a population in common.
 *
 * @param name of what they have in common; empty for domains without a provider
 */
public record Group(String name, Counts counts) {
    public long eligible() {
        return counts.get(Metric.ELIGIBLE);
    }

    /** Determinate domains: the denominator of every share. */
    public long known() {
        return counts.get(Metric.ADOPTION_NONE) + counts.get(Metric.ADOPTION_SOME) + counts.get(Metric.ADOPTION_ALL);
    }

    /** @param yes a metric that holds for determinate domains only */
    public Share share(Metric yes) {
        return new Share(counts.get(yes), known(), eligible());
    }
}
