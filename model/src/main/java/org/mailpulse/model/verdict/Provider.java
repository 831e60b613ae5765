package org.mailpulse.model.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    private static final Comparator<MxHostObservation> BY_NAME = Comparator.comparing(MxHostObservation::host);

    /**
     * The answer does not depend on the order of hosts or endpoints.
     *
     * @param suffix public suffix of the domain
     */
    static Provider of(String domain, String suffix, List<MxHostObservation> hosts, Method method) {
        List<MxHostObservation> preferred = mostPreferred(hosts);
        if (preferred.isEmpty()) {
            return NOBODY;
        }
        return switch (method) {
            case V1 -> byDomain(domain, suffix, preferred.get(0));
            case V2 ->
                byRule(preferred, ProviderRules.known()).orElseGet(() -> byDomain(domain, suffix, preferred.get(0)));
        };
    }

    /** By name; what is said about the same host lies together. */
    private static List<MxHostObservation> mostPreferred(List<MxHostObservation> hosts) {
        List<MxHostObservation> preferred = new ArrayList<>(hosts.size());
        for (MxHostObservation host : hosts) {
            if (!preferred.isEmpty() && host.preference() < preferred.get(0).preference()) {
                preferred.clear();
            }
            if (preferred.isEmpty() || host.preference() == preferred.get(0).preference()) {
                preferred.add(host);
            }
        }
        preferred.sort(BY_NAME);
        return preferred;
    }

    private static Provider byDomain(String domain, String suffix, MxHostObservation host) {
        String owner = DomainNames.registrableOfHost(host.host());
        boolean own = owner.equals(DomainNames.registrable(domain, suffix));
        return new Provider(own ? SELF_HOSTED : owner, null, Evidence.MX_DOMAIN);
    }

    /** Stronger evidence at any of the hosts comes before weaker, and only then the name of the host. */
    private static Optional<Provider> byRule(List<MxHostObservation> hosts, ProviderRules rules) {
        for (Evidence evidence : ORDER) {
            for (int start = 0, end; start < hosts.size(); start = end) {
                end = endOfHost(hosts, start);
                Optional<ProviderRule> rule = rules.told(evidence, names(evidence, hosts.subList(start, end)));
                if (rule.isPresent()) {
                    return Optional.of(new Provider(rule.get().id(), rule.get().kind(), evidence));
                }
            }
        }
        return Optional.empty();
    }

    private static int endOfHost(List<MxHostObservation> hosts, int start) {
        int end = start + 1;
        while (end < hosts.size()
                && hosts.get(end).host().equals(hosts.get(start).host())) {
            end++;
        }
        return end;
    }

    /** @param sameHost what is said about one host */
    private static List<String> names(Evidence evidence, List<MxHostObservation> sameHost) {
        List<String> names = new ArrayList<>();
        for (MxHostObservation host : sameHost) {
            switch (evidence) {
                case CERTIFICATE ->
                    host.endpoints().forEach(endpoint -> addVouchedNames(endpoint.certificate(), names));
                case EHLO_NAME -> host.endpoints().forEach(endpoint -> addEhloName(endpoint, names));
                case MX_DOMAIN -> names.add(host.host());
                case NONE -> {}
            }
        }
        return names;
    }

    private static void addEhloName(EndpointObservation endpoint, List<String> names) {
        if (endpoint.ehloName() != null) {
            names.add(endpoint.ehloName());
        }
    }

    /** Anybody can write any name into a certificate that nobody has signed but himself. */
    private static void addVouchedNames(CertificateFacts certificate, List<String> names) {
        if (certificate != null && certificate.trust() == ChainTrust.TRUSTED) {
            certificate.dnsNames().forEach(name -> names.add(withoutWildcard(name)));
        }
    }

    private static String withoutWildcard(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("*.") ? lower.substring(2) : lower;
    }
}
