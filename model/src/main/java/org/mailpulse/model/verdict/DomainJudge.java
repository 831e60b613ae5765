package org.mailpulse.model.verdict;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.KeyExchange;
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
        boolean ok = status == DomainStatus.OK;
        List<MxHostObservation> hosts = seen.mxHosts();
        List<MxHostObservation> judged = ok ? hosts : List.of();
        HostTally tally = HostTally.of(judged);
        Adoption adoption = status.isEligible() ? tally.adoption() : null;
        DaneState dane = PolicyJudge.dane(seen.mxSecure(), judged);
        MtaStsState mtaSts = ok ? PolicyJudge.mtaSts(seen.mtaSts(), judged) : MtaStsState.NOT_MEASURED;
        Provider provider = ok ? Provider.of(seen.domain(), hosts, method) : Provider.NOBODY;
        Set<CertificateFlag> flags = ok ? certificateFlags(hostVerdicts) : null;
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
                DomainNames.publicSuffix(seen.domain()),
                provider.name(),
                provider.evidence(),
                status,
                reason(seen, status, adoption),
                seen.dns() == MailDns.IMPLICIT_MX,
                adoption,
                status.isEligible() ? HostTally.of(mostPreferred(judged)).adoption() : null,
                tally.allStrict(),
                adoption == null ? null : level(adoption, judged, dane, mtaSts),
                hosts.size(),
                tally.yes(),
                tally.no(),
                tally.mixed(),
                hosts.size() - tally.yes() - tally.no() - tally.mixed(),
                lowest(judged, endpoint -> endpoint.tls().version()),
                keyExchange(judged),
                // the first fault of all is the first of the classes, so it is the domain's class
                flags == null ? null : CertificateClass.of(flags),
                dane,
                mtaSts,
                dane == DaneState.BROKEN || mtaSts == MtaStsState.BROKEN,
                seen.observedAt(),
                method.version(),
                flags == null ? List.of() : List.copyOf(flags),
                lowest(
                        judged,
                        endpoint -> endpoint.certificate() == null
                                ? null
                                : endpoint.certificate().notAfter()),
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
        return !host.endpoints().isEmpty()
                && host.endpoints().stream().allMatch(endpoint -> endpoint.reason() == Reason.BLOCKED_ADDRESS);
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
                boolean authenticable = hosts.stream()
                        .filter(host -> HostState.of(host.endpoints()).isDeterminate())
                        .allMatch(AuthenticationJudge::authenticates);
                yield authenticable ? Level.AUTHENTICABLE : Level.OPPORTUNISTIC;
            }
        };
    }

    private static List<MxHostObservation> mostPreferred(List<MxHostObservation> hosts) {
        int lowest =
                hosts.stream().mapToInt(MxHostObservation::preference).min().orElse(0);
        return hosts.stream().filter(host -> host.preference() == lowest).toList();
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
        return hosts.stream()
                .flatMap(host -> host.endpoints().stream())
                .anyMatch(endpoint -> endpoint.outcome() == Outcome.STRIP_SUSPECT);
    }

    private static Stream<EndpointObservation> secured(List<MxHostObservation> hosts) {
        return hosts.stream()
                .flatMap(host -> host.endpoints().stream())
                .filter(endpoint -> endpoint.outcome() == Outcome.TLS_OK && endpoint.tls() != null);
    }

    private static <T extends Comparable<T>> T lowest(
            List<MxHostObservation> hosts, Function<EndpointObservation, T> property) {
        return secured(hosts)
                .map(property)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The weakest that was measured; one endpoint that was not measured leaves the answer open. */
    private static KeyExchange keyExchange(List<MxHostObservation> hosts) {
        return lowest(hosts, endpoint -> endpoint.tls().keyExchange());
    }

    /**
     * Over the addresses that offer STARTTLS. One server that is stuck is enough, whatever is not known of the others; that
     * there is none takes knowing all of them.
     *
     * @return null where not known, as where nobody offers STARTTLS
     */
    private static Boolean legacyOnly(List<MxHostObservation> hosts) {
        List<EndpointObservation> offering = hosts.stream()
                .flatMap(host -> host.endpoints().stream())
                .filter(endpoint -> endpoint.outcome() == Outcome.TLS_OK || endpoint.outcome() == Outcome.TLS_FAILED)
                .toList();
        if (offering.stream().anyMatch(endpoint -> Boolean.TRUE.equals(endpoint.legacyOnly()))) {
            return true;
        }
        boolean known = !offering.isEmpty() && offering.stream().allMatch(endpoint -> endpoint.legacyOnly() != null);
        return known ? false : null;
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
