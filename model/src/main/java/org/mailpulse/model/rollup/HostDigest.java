package org.mailpulse.model.rollup;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.verdict.MxHostVerdict;

/**
 * The part of a verdict on an MX host that hosts are counted by. It is remembered with every domain that uses the host, so it is
 * small.
 *
 * @param host fingerprint of its name: of ten million hosts two have the same with a probability of 3 in a million
 * @param observedAt null where no address was probed
 */
public record HostDigest(long host, Instant observedAt, MetricSet metrics) {
    private static final Comparator<HostDigest> BY_AGE = Comparator.comparing(
                    HostDigest::observedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(HostDigest::metrics);

    /** Of each MX host of the domain, in their order. */
    public static List<HostDigest> of(Observation seen) {
        return of(MxHostVerdict.judge(seen.mxHosts()));
    }

    public static List<HostDigest> of(List<MxHostVerdict> verdicts) {
        return verdicts.stream().map(HostDigest::of).toList();
    }

    static HostDigest of(MxHostVerdict verdict) {
        long name = Hashing.murmur3_128()
                .hashString(verdict.host(), StandardCharsets.UTF_8)
                .asLong();
        return new HostDigest(name, verdict.observedAt(), MetricSet.of(verdict));
    }

    /** Whether this one holds, of two about one host; of the same moment one of the two, the same in every order. */
    public boolean isNewerThan(HostDigest other) {
        return BY_AGE.compare(this, other) > 0;
    }
}
