package org.mailpulse.model.verdict;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;

/** Observation → verdict: docs/methodology.md, section 3, as a pure function. */
public final class DomainJudge {
    private DomainJudge() {}

    /** By the present method. */
    public static DomainVerdict judge(Observation seen) {
        return judge(seen, Method.PRESENT);
    }

    public static DomainVerdict judge(Observation seen, Method method) {
        return judge(seen, MxHostVerdict.judge(seen.mxHosts()), method);
    }

    /** @param hostVerdicts on the MX hosts of the observation, where somebody has judged them already */
    public static DomainVerdict judge(Observation seen, List<MxHostVerdict> hostVerdicts, Method method) {
        DomainStatus status = status(seen);
        String suffix = DomainNames.publicSuffix(seen.domain());
        boolean ok = status == DomainStatus.OK;
        List<MxHostObservation> hosts = seen.mxHosts();
        List<MxHostObservation> judged = ok ? hosts : List.of();
        List<MxHostVerdict> verdicts = ok ? hostVerdicts : List.of();
        HostTally tally = HostTally.of(verdicts);
        Adoption adoption = status.isEligible() ? tally.adoption() : null;
        DaneState dane = PolicyJudge.dane(seen.mxSecure(), judged);
        MtaStsState mtaSts = ok ? PolicyJudge.mtaSts(seen.mtaSts(), judged) : MtaStsState.NOT_MEASURED;
        Provider provider = ok ? Provider.of(seen.domain(), suffix, hosts, method) : Provider.NOBODY;
        Set<CertificateFlag> flags = certificateFlags(verdicts);
        return new DomainVerdict(
                seen.survey(),
                seen.vantage(),
                seen.seq(),
                seen.domain(),
                seen.populations(),
                seen.organisation(),
                seen.category(),
                seen.country(),
                DomainNames.tld(seen.domain()),
                suffix,
                provider.name(),
                provider.evidence(),
                status,
                reason(seen, status, adoption),
                seen.dns() == MailDns.IMPLICIT_MX,
                adoption,
                status.isEligible() ? preferredAdoption(judged, verdicts) : null,
                tally.allStrict(),
                adoption == null ? null : level(adoption, judged, dane, mtaSts),
                hosts.size(),
                tally.yes(),
                tally.no(),
                tally.mixed(),
                hosts.size() - tally.yes() - tally.no() - tally.mixed(),
                lowest(verdicts, MxHostVerdict::tlsVersion),
                // the weakest that was measured; one endpoint that was not measured leaves the answer open
                lowest(verdicts, MxHostVerdict::keyExchange),
                // the first fault of all is the first of the classes, so it is the domain's class
                flags == null ? null : CertificateClass.of(flags),
                dane,
                mtaSts,
                dane == DaneState.BROKEN || mtaSts == MtaStsState.BROKEN,
                seen.observedAt(),
                method.version(),
                flags == null ? List.of() : List.copyOf(flags),
                certificateEnds(judged),
                provider.kind(),
                ok ? PolicyJudge.tlsRpt(seen.tlsRpt()) : TlsRptState.NOT_MEASURED,
                legacyOnly(judged),
                null, // one observation alone
                stripSuspected(judged));
    }

    static DomainStatus status(Observation seen) {
        return switch (seen.dns()) {
            case NXDOMAIN -> DomainStatus.NXDOMAIN;
            case NULL_MX -> DomainStatus.NULL_MX;
            case NO_ADDRESS -> DomainStatus.NO_ADDRESS;
            case ERROR, NOT_OBSERVED -> DomainStatus.DNS_ERROR;
            case MX, IMPLICIT_MX -> statusOf(seen.mxHosts());
        };
    }

    private static DomainStatus statusOf(List<MxHostObservation> hosts) {
        boolean local = false;
        boolean error = false;
        for (MxHostObservation host : hosts) {
            switch (host.addresses()) {
                case FOUND -> {
                    if (!isNonPublic(host)) {
                        return DomainStatus.OK;
                    }
                    local = true;
                }
                case LOCALHOST -> local = true;
                case ERROR, NOT_ASKED -> error = true;
                case NXDOMAIN, NO_ADDRESS -> {}
            }
        }
        if (error) {
            return DomainStatus.DNS_ERROR; // a host we could not look up may well be a public one
        }
        return local ? DomainStatus.LOCAL_ONLY : DomainStatus.NO_ADDRESS;
    }

    private static boolean isNonPublic(MxHostObservation host) {
        for (EndpointObservation endpoint : host.endpoints()) {
            if (endpoint.reason() != Reason.BLOCKED_ADDRESS) {
                return false;
            }
        }
        return !host.endpoints().isEmpty();
    }

    private static Level level(Adoption adoption, List<MxHostObservation> hosts, DaneState dane, MtaStsState mtaSts) {
        return switch (adoption) {
            case NONE -> Level.PLAINTEXT;
            case SOME -> Level.PARTIAL;
            case UNKNOWN -> Level.UNKNOWN;
            case ALL -> {
                if (dane == DaneState.VALID || mtaSts == MtaStsState.ENFORCE) {
                    yield Level.ENFORCED;
                }
                yield isAuthenticable(hosts) ? Level.AUTHENTICABLE : Level.OPPORTUNISTIC;
            }
        };
    }

    private static boolean isAuthenticable(List<MxHostObservation> hosts) {
        for (MxHostObservation host : hosts) {
            if (HostState.of(host.endpoints()).isDeterminate() && !AuthenticationJudge.authenticates(host)) {
                return false;
            }
        }
        return true;
    }

    private static Adoption preferredAdoption(List<MxHostObservation> hosts, List<MxHostVerdict> verdicts) {
        int lowest = Integer.MAX_VALUE;
        for (MxHostObservation host : hosts) {
            lowest = Math.min(lowest, host.preference());
        }
        List<MxHostVerdict> preferred = new ArrayList<>(hosts.size());
        for (int i = 0; i < hosts.size(); i++) {
            if (hosts.get(i).preference() == lowest) {
                preferred.add(verdicts.get(i));
            }
        }
        return HostTally.of(preferred).adoption();
    }

    /** Why a domain is unknown or without mail, from the most telling source we have. */
    private static String reason(Observation seen, DomainStatus status, Adoption adoption) {
        if (status == DomainStatus.DNS_ERROR) {
            return switch (seen.dns()) {
                case NOT_OBSERVED -> "NOT_OBSERVED";
                case ERROR -> seen.dnsDetail() == null ? "MX_LOOKUP_FAILED" : seen.dnsDetail();
                default -> "MX_HOST_LOOKUP_FAILED";
            };
        }
        if (adoption != Adoption.UNKNOWN) {
            return "";
        }
        return seen.mxHosts().stream()
                .flatMap(host -> host.endpoints().isEmpty()
                        ? Stream.of(
                                host.addresses() == AddressStatus.FOUND ? "NO_ENDPOINT" : "MX_HOST_" + host.addresses())
                        : host.endpoints().stream()
                                .map(endpoint -> endpoint.reason().name()))
                .distinct()
                .sorted()
                .collect(joining(" "));
    }

    private static boolean stripSuspected(List<MxHostObservation> hosts) {
        for (MxHostObservation host : hosts) {
            for (EndpointObservation endpoint : host.endpoints()) {
                if (endpoint.outcome() == Outcome.STRIP_SUSPECT) {
                    return true;
                }
            }
        }
        return false;
    }

    private static <T extends Comparable<T>> T lowest(List<MxHostVerdict> hosts, Function<MxHostVerdict, T> property) {
        T lowest = null;
        for (MxHostVerdict host : hosts) {
            lowest = MxHostVerdict.lower(lowest, property.apply(host));
        }
        return lowest;
    }

    private static Instant certificateEnds(List<MxHostObservation> hosts) {
        Instant earliest = null;
        for (MxHostObservation host : hosts) {
            for (EndpointObservation endpoint : host.endpoints()) {
                if (endpoint.outcome() == Outcome.TLS_OK && endpoint.tls() != null && endpoint.certificate() != null) {
                    earliest =
                            MxHostVerdict.lower(earliest, endpoint.certificate().notAfter());
                }
            }
        }
        return earliest;
    }

    /**
     * Over the addresses that offer STARTTLS. One server that is stuck is enough, whatever is not known of the others; that
     * there is none takes knowing all of them.
     *
     * @return null where not known, as where nobody offers STARTTLS
     */
    private static Boolean legacyOnly(List<MxHostObservation> hosts) {
        boolean offered = false;
        boolean unknown = false;
        for (MxHostObservation host : hosts) {
            for (EndpointObservation endpoint : host.endpoints()) {
                if (endpoint.outcome() != Outcome.TLS_OK && endpoint.outcome() != Outcome.TLS_FAILED) {
                    continue;
                }
                if (Boolean.TRUE.equals(endpoint.legacyOnly())) {
                    return true;
                }
                offered = true;
                unknown |= endpoint.legacyOnly() == null;
            }
        }
        return offered && !unknown ? false : null;
    }

    /** All faults of all certificates; null where none was shown. */
    private static Set<CertificateFlag> certificateFlags(List<MxHostVerdict> hosts) {
        Set<CertificateFlag> flags = null;
        for (MxHostVerdict host : hosts) {
            if (host.certificateFlags() != null) {
                flags = flags == null ? EnumSet.noneOf(CertificateFlag.class) : flags;
                flags.addAll(host.certificateFlags());
            }
        }
        return flags;
    }
}
