package org.mailpulse.stream.count;

import java.util.List;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.rollup.VerdictDigest;
import org.mailpulse.stream.intake.Rank;

/**
 * What stands in the counts for a domain in one survey: state, kept once per domain.
 *
 * @param hosts missing in what the first layout left behind
 */
public record Counted(VerdictDigest digest, Rank rank, List<HostDigest> hosts) {
    public Counted {
        hosts = hosts == null ? List.of() : hosts;
    }
}
