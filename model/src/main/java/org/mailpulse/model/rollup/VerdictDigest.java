package org.mailpulse.model.rollup;

import java.time.Instant;
import java.util.List;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.Level;

/**
 * The part of a verdict that a domain is counted by, and compared by with its verdict in the next survey. It is
 * remembered for every domain of a survey, so it holds no texts that nothing depends on.
 *
 * @param level null where the domain is not eligible
 * @param certificateEnds earliest end of validity among the certificates of its determinate hosts; null without one
 */
public record VerdictDigest(
        List<String> populations,
        String tld,
        String suffix,
        String provider,
        DomainStatus status,
        Level level,
        MetricSet metrics,
        Instant certificateEnds,
        Instant observedAt,
        int methodVersion) {

    public static VerdictDigest of(DomainVerdict verdict) {
        return new VerdictDigest(
                verdict.populations(),
                verdict.tld(),
                verdict.suffix(),
                verdict.provider(),
                verdict.status(),
                verdict.level(),
                MetricSet.of(verdict),
                verdict.certificateEnds(),
                verdict.observedAt(),
                verdict.methodVersion());
    }

    public Standing standing() {
        return Standing.of(level);
    }

    /** Whether it adds the same to the same cells. */
    public boolean countsLike(VerdictDigest other) {
        return metrics.equals(other.metrics)
                && provider.equals(other.provider)
                && populations.equals(other.populations)
                && tld.equals(other.tld)
                && suffix.equals(other.suffix)
                && methodVersion == other.methodVersion;
    }
}
