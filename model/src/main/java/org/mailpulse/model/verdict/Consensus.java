package org.mailpulse.model.verdict;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.mailpulse.model.Schema;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.DaneMatch;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.TlsRptFinding;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.model.survey.VantageName;

/**
 * What several vantage points together know of a domain's mail servers: of each fact the best evidence, by fixed orders;
 * docs/methodology.md, section 8. It is made of facts, and judged like any observation.
 */
public final class Consensus {
    /** From the furthest to the least; what could not be looked up proves nothing against what could. */
    static final List<MailDns> DNS = List.of(
            MailDns.MX,
            MailDns.IMPLICIT_MX,
            MailDns.NULL_MX,
            MailDns.NO_ADDRESS,
            MailDns.NXDOMAIN,
            MailDns.ERROR,
            MailDns.NOT_OBSERVED);

    static final List<DnssecState> DNSSEC =
            List.of(DnssecState.SECURE, DnssecState.INSECURE, DnssecState.NOT_MEASURED, DnssecState.BOGUS);

    static final List<MtaStsFinding.Status> MTA_STS = List.of(
            MtaStsFinding.Status.POLICY,
            MtaStsFinding.Status.POLICY_INVALID,
            MtaStsFinding.Status.POLICY_UNREACHABLE,
            MtaStsFinding.Status.RECORD_INVALID,
            MtaStsFinding.Status.ABSENT,
            MtaStsFinding.Status.DNS_ERROR,
            MtaStsFinding.Status.NOT_MEASURED);

    static final List<TlsRptFinding.State> TLS_RPT = List.of(
            TlsRptFinding.State.PRESENT,
            TlsRptFinding.State.MALFORMED,
            TlsRptFinding.State.ABSENT,
            TlsRptFinding.State.ERROR,
            TlsRptFinding.State.NOT_MEASURED);

    static final List<AddressStatus> ADDRESSES = List.of(
            AddressStatus.FOUND,
            AddressStatus.LOCALHOST,
            AddressStatus.NO_ADDRESS,
            AddressStatus.NXDOMAIN,
            AddressStatus.ERROR,
            AddressStatus.NOT_ASKED);

    static final List<TlsaStatus> TLSA = List.of(
            TlsaStatus.SECURE_USABLE,
            TlsaStatus.SECURE_UNUSABLE,
            TlsaStatus.ABSENT,
            TlsaStatus.INSECURE,
            TlsaStatus.ERROR,
            TlsaStatus.NOT_MEASURED);

    static final List<Outcome> OUTCOMES = List.of(
            Outcome.TLS_OK,
            Outcome.TLS_FAILED,
            Outcome.NOT_OFFERED,
            Outcome.STRIP_SUSPECT,
            Outcome.SMTP_REFUSED,
            Outcome.NOT_SMTP,
            Outcome.UNREACHABLE,
            Outcome.SKIPPED);

    static final List<DaneMatch> DANE = List.of(DaneMatch.MATCH, DaneMatch.MISMATCH, DaneMatch.NOT_MEASURED);

    private static final Comparator<Observation> NEWEST =
            comparing(Observation::observedAt).reversed().thenComparing(Observation::vantage);

    private static final Comparator<Observation> FURTHEST = comparingInt((Observation seen) -> DNS.indexOf(seen.dns()))
            .thenComparingInt(seen -> DNSSEC.indexOf(seen.mxSecure()))
            .thenComparing(NEWEST);

    private static final Comparator<Observation> BEST_POLICY = comparingInt(
                    (Observation seen) -> MTA_STS.indexOf(seen.mtaSts().status()))
            .thenComparing(NEWEST);

    private static final Comparator<Observation> BEST_REPORTS = comparingInt(
                    (Observation seen) -> TLS_RPT.indexOf(seen.tlsRpt().state()))
            .thenComparing(NEWEST);

    private static final Comparator<EndpointObservation> BEST = comparingInt(
                    (EndpointObservation seen) -> OUTCOMES.indexOf(seen.outcome()))
            .thenComparingInt(seen -> DANE.indexOf(seen.dane()))
            .thenComparing(Consensus::certificateClass, nullsLast(reverseOrder()))
            .thenComparing(EndpointObservation::probedAt, nullsLast(reverseOrder()));

    private Consensus() {}

    /**
     * @param seen of one domain in one survey, one per vantage point, in any order; at least one
     * @return observed when the last of them was
     */
    public static Observation merge(Collection<Observation> seen) {
        Observation lead = seen.stream().min(FURTHEST).orElseThrow();
        List<Observation> furthest =
                seen.stream().filter(from -> from.dns() == lead.dns()).toList();
        return new Observation(
                Schema.RECORDS,
                lead.survey(),
                VantageName.CONSENSUS,
                lead.seq(),
                lead.domain(),
                lead.populations(),
                lead.organisation(),
                lead.category(),
                lead.country(),
                seen.stream().map(Observation::observedAt).max(naturalOrder()).orElseThrow(),
                lead.dns(),
                lead.dnsDetail(),
                lead.mxSecure(),
                hosts(furthest, seen),
                furthest.stream().min(BEST_POLICY).orElseThrow().mtaSts(),
                furthest.stream().min(BEST_REPORTS).orElseThrow().tlsRpt(),
                lead.vantages());
    }

    /** The hosts that those name who got furthest; what is known of each may come from anybody. */
    private static List<MxHostObservation> hosts(List<Observation> named, Collection<Observation> seen) {
        Map<String, List<MxHostObservation>> sightings = seen.stream()
                .sorted(comparing(Observation::vantage))
                .flatMap(from -> from.mxHosts().stream())
                .collect(groupingBy(MxHostObservation::host));
        return named.stream()
                .flatMap(from -> from.mxHosts().stream())
                .collect(toMap(MxHostObservation::host, MxHostObservation::preference, Math::min))
                .entrySet()
                .stream()
                .map(host -> host(host.getKey(), host.getValue(), sightings.get(host.getKey())))
                .sorted(comparingInt(MxHostObservation::preference).thenComparing(MxHostObservation::host))
                .toList();
    }

    private static MxHostObservation host(String name, int preference, List<MxHostObservation> seen) {
        return new MxHostObservation(
                name,
                preference,
                best(seen, MxHostObservation::addresses, ADDRESSES),
                best(seen, MxHostObservation::tlsa, TLSA),
                endpoints(seen));
    }

    private static <T> T best(List<MxHostObservation> seen, Function<MxHostObservation, T> fact, List<T> order) {
        return seen.stream().map(fact).min(comparingInt(order::indexOf)).orElseThrow();
    }

    private static List<EndpointObservation> endpoints(List<MxHostObservation> seen) {
        return seen.stream()
                .flatMap(host -> host.endpoints().stream())
                .collect(groupingBy(EndpointObservation::address, TreeMap::new, toList()))
                .values()
                .stream()
                .map(ofOneAddress -> ofOneAddress.stream().min(BEST).orElseThrow())
                .toList();
    }

    private static CertificateClass certificateClass(EndpointObservation seen) {
        return seen.certificate() == null || seen.probedAt() == null
                ? null
                : CertificateClass.of(CertificateJudge.flags(seen.certificate(), seen.probedAt()));
    }
}
