package org.mailpulse.model.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.TlsVersion;

/**
 * What the facts about one MX host mean, over all its addresses; docs/methodology.md, section 2.
 *
 * @param broken an address offers STARTTLS, but no handshake comes of it
 * @param tlsVersion the lowest that was negotiated; null where no handshake completed, as is keyExchange
 * @param certificateFlags all faults of its certificates; null where none was shown, as is certificateClass
 * @param observedAt when an address was probed last; null where none was
 */
public record MxHostVerdict(
        String host,
        HostState state,
        boolean broken,
        TlsVersion tlsVersion,
        KeyExchange keyExchange,
        Set<CertificateFlag> certificateFlags,
        CertificateClass certificateClass,
        Instant observedAt) {

    /** @return one of each, in the same order */
    public static List<MxHostVerdict> judge(List<MxHostObservation> seen) {
        List<MxHostVerdict> verdicts = new ArrayList<>(seen.size());
        for (MxHostObservation host : seen) {
            verdicts.add(judge(host));
        }
        return verdicts;
    }

    public static MxHostVerdict judge(MxHostObservation seen) {
        boolean broken = false;
        TlsVersion version = null;
        KeyExchange keyExchange = null;
        Set<CertificateFlag> flags = null;
        Instant last = null;
        for (EndpointObservation endpoint : seen.endpoints()) {
            broken |= endpoint.outcome() == Outcome.TLS_FAILED;
            last = later(last, endpoint.probedAt());
            if (endpoint.outcome() == Outcome.TLS_OK && endpoint.tls() != null) {
                version = lower(version, endpoint.tls().version());
                keyExchange = lower(keyExchange, endpoint.tls().keyExchange());
                flags = withFlags(flags, endpoint);
            }
        }
        return new MxHostVerdict(
                seen.host(),
                HostState.of(seen.endpoints()),
                broken,
                version,
                keyExchange,
                flags,
                flags == null ? null : CertificateClass.of(flags),
                last);
    }

    public boolean hasFlag(CertificateFlag flag) {
        return certificateFlags != null && certificateFlags.contains(flag);
    }

    private static Set<CertificateFlag> withFlags(Set<CertificateFlag> flags, EndpointObservation endpoint) {
        if (endpoint.certificate() == null || endpoint.probedAt() == null) {
            return flags;
        }
        Set<CertificateFlag> more = flags == null ? EnumSet.noneOf(CertificateFlag.class) : flags;
        more.addAll(CertificateJudge.flags(endpoint.certificate(), endpoint.probedAt()));
        return more;
    }

    /** Null is no value. */
    static <T extends Comparable<T>> T lower(T one, T other) {
        return one == null || other != null && other.compareTo(one) < 0 ? other : one;
    }

    private static Instant later(Instant a, Instant b) {
        return a == null || b != null && b.isAfter(a) ? b : a;
    }
}
