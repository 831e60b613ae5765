package org.mailpulse.stream.count;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.rollup.HostRollupKey;

/**
 * The hosts of a domain, one by one for each cell that it is in. A giant's host is used by millions of domains: what has just been told is
 * not told again. To forget that is harmless.
 */
public final class HostUses extends RichFlatMapFunction<HostsInUse, HostUse> {
    private static final long serialVersionUID = 1L;
    /** About 0.3 KB each. */
    private static final int REMEMBERED = 50_000;

    private transient Map<HostUse.Key, HostDigest> told;

    @Override
    public void open(OpenContext context) {
        told = new HashMap<>();
    }

    @Override
    public void flatMap(HostsInUse domain, Collector<HostUse> out) {
        if (told.size() > REMEMBERED) {
            told.clear();
        }
        for (HostRollupKey cell : HostRollupKey.cellsOf(domain.survey(), domain.vantage(), domain.domain())) {
            for (HostDigest host : domain.hosts()) {
                HostUse use = new HostUse(cell, host);
                if (!host.equals(told.put(use.key(), host))) {
                    out.collect(use);
                }
            }
        }
    }
}
