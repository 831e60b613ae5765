package org.mailpulse.stream.count;

import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.model.rollup.HostDigest;

/**
 * The hosts of a domain, one by one. A giant's host is used by millions of domains: what has just been told is not told
 * again. To forget that is harmless.
 */
public final class HostUses extends RichFlatMapFunction<HostsInUse, HostUse> {
    private static final long serialVersionUID = 1L;
    /** About 0.4 KB each. */
    private static final int REMEMBERED = 20_000;

    private transient Set<HostUse> told;

    @Override
    public void open(OpenContext context) {
        told = new HashSet<>();
    }

    @Override
    public void flatMap(HostsInUse domain, Collector<HostUse> out) {
        if (told.size() > REMEMBERED) {
            told.clear();
        }
        for (HostDigest host : domain.hosts()) {
            HostUse use = HostUse.of(domain, host);
            if (told.add(use)) {
                out.collect(use);
            }
        }
    }
}
