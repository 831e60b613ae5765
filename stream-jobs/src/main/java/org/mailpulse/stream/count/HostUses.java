package org.mailpulse.stream.count;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.verdict.Provider;

/**
 * The hosts of a domain, one by one. A giant's host is used by millions of domains: what has just been told is not told
 * again. To forget that is harmless.
 */
public final class HostUses extends RichFlatMapFunction<HostsInUse, HostUse> {
    private static final long serialVersionUID = 1L;
    /** About 0.4 KB each. */
    private static final int REMEMBERED = 16_384;

    private transient Canonical<HostUse> told;

    @Override
    public void open(OpenContext context) {
        told = new Canonical<>(REMEMBERED);
    }

    @Override
    public void flatMap(HostsInUse domain, Collector<HostUse> out) {
        boolean own = domain.domain().provider().equals(Provider.SELF_HOSTED);
        for (HostDigest host : domain.hosts()) {
            HostUse use = HostUse.of(domain, host);
            if (own || told.isNew(use)) { // who hosts himself has hosts that nobody else uses: not worth a place
                out.collect(use);
            }
        }
    }
}
