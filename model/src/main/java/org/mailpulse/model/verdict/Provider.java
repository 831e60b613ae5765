package org.mailpulse.model.verdict;

import static java.util.stream.Collectors.toCollection;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MxHostObservation;

/**
 * Who runs the inbound mail of a domain; docs/methodology.md, section 7.
 *
 * @param name id of a rule, registrable domain of the MX host where there is none, {@link #SELF_HOSTED}, or empty where the
 *     domain takes no mail
 * @param kind null unless there is a rule
 * @param evidence what the name rests on
 */
public record Provider(String name, ProviderKind kind, Evidence evidence) {
    /** The MX host lies in the domain's own registrable domain and nothing else tells otherwise. */
    public static final String SELF_HOSTED = "self-hosted";

    public enum Evidence {
        NONE,
        /** Name of the MX host. */
        MX_DOMAIN,
        /** Names in a certificate that a trusted authority vouches for. */
        CERTIFICATE,
        /** Name by which the server calls itself. */
        EHLO_NAME
    }

    public static final Provider NOBODY = new Provider("", null, Evidence.NONE);

    /** The strongest first. Autonomous systems would come last; nobody tells us about them yet. */
    private static final List<Evidence> ORDER = List.of(Evidence.CERTIFICATE, Evidence.EHLO_NAME, Evidence.MX_DOMAIN);

    private static final Comparator<MxHostObservation> MOST_PREFERRED_FIRST =
            Comparator.comparingInt(MxHostObservation::preference).thenComparing(MxHostObservation::host);

    /** The answer does not depend on the order of hosts or endpoints. */
    static Provider of(String domain, List<MxHostObservation> hosts, Method method) {
        Optional<MxHostObservation> first = hosts.stream().min(MOST_PREFERRED_FIRST);
        if (first.isEmpty()) {
            return NOBODY;
        }
        return switch (method) {
            case V1 -> byDomain(domain, first.get());
            case V2 ->
                byRule(mostPreferred(hosts, first.get().preference()), ProviderRules.known())
                        .orElseGet(() -> byDomain(domain, first.get()));
        };
    }

    private static Provider byDomain(String domain, MxHostObservation host) {
        String owner = DomainNames.registrable(host.host());
        boolean own = owner.equals(DomainNames.registrable(domain));
        return new Provider(own ? SELF_HOSTED : owner, null, Evidence.MX_DOMAIN);
    }

    /** Stronger evidence at any of the hosts comes before weaker, and only then the name of the host. */
    private static Optional<Provider> byRule(Map<String, List<EndpointObservation>> hosts, ProviderRules rules) {
        return ORDER.stream()
                .flatMap(evidence -> hosts.entrySet().stream()
                        .map(host -> rules.told(evidence, names(evidence, host.getKey(), host.getValue())))
                        .flatMap(Optional::stream)
                        .map(rule -> new Provider(rule.id(), rule.kind(), evidence)))
                .findFirst();
    }

    /** By name; what is said about the same host is put together. */
    private static Map<String, List<EndpointObservation>> mostPreferred(List<MxHostObservation> hosts, int preference) {
        Map<String, List<EndpointObservation>> preferred = new TreeMap<>();
        for (MxHostObservation host : hosts) {
            if (host.preference() == preference) {
                preferred.merge(
                        host.host(),
                        host.endpoints(),
                        (one, other) -> Stream.of(one, other)
                                .flatMap(Collection::stream)
                                .toList());
            }
        }
        return preferred;
    }

    private static Set<String> names(Evidence evidence, String host, List<EndpointObservation> endpoints) {
        Stream<String> names = switch (evidence) {
            case CERTIFICATE ->
                endpoints.stream().map(EndpointObservation::certificate).flatMap(Provider::vouchedNames);
            case EHLO_NAME ->
                endpoints.stream().map(EndpointObservation::ehloName).filter(Objects::nonNull);
            case MX_DOMAIN -> Stream.of(host);
            case NONE -> Stream.empty();
        };
        return names.collect(toCollection(TreeSet::new));
    }

    /** Anybody can write any name into a certificate that nobody has signed but himself. */
    private static Stream<String> vouchedNames(CertificateFacts certificate) {
        if (certificate == null || certificate.trust() != ChainTrust.TRUSTED) {
            return Stream.empty();
        }
        return certificate.dnsNames().stream().map(Provider::withoutWildcard);
    }

    private static String withoutWildcard(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("*.") ? lower.substring(2) : lower;
    }
}
