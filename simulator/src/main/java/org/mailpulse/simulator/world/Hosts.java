package org.mailpulse.simulator.world;

import java.util.List;
import java.util.Optional;
import org.mailpulse.simulator.world.HostPlan.Addressing;
import org.mailpulse.simulator.world.HostPlan.TlsaPlan;

/**
 * MX host by name. The name tells all: {@code mx2.<provider>}, {@code <domain with dashes>.mx.<giant>},
 * {@code mx1.<small hoster>}, {@code mail.<domain>}, {@code mx2.<domain>}, {@code relay1.<domain>} (see {@link Relays}), or
 * the domain itself; {@code gone}, {@code bare} and {@code sick} in a domain are hosts without a usable address.
 */
final class Hosts {
    static final String LOCALHOST = "localhost";
    static final String GONE = "gone";
    static final String BARE = "bare";
    static final String SICK = "sick";

    private static final String SHARED_PREFIX = "mx";
    private static final String OWN_FIRST = "mail";
    private static final String TENANTS = "mx";
    private static final int MAX_HOSTS = 32;

    /** Keeps the numbers of small hosters apart from those of domains. */
    private static final long SMALL_HOSTER_OWNER = 1L << 40;

    private final Draw draw;
    private final Naming naming;
    private final Pins pins;
    private final ProviderHistory history;
    private final Relays relays;
    private final Servers servers;
    private final Independents independents;
    private final boolean ipv6;

    Hosts(
            Draw draw,
            Naming naming,
            Pins pins,
            ProviderHistory history,
            Relays relays,
            Servers servers,
            Independents independents,
            boolean ipv6) {
        this.draw = draw;
        this.naming = naming;
        this.pins = pins;
        this.history = history;
        this.relays = relays;
        this.servers = servers;
        this.independents = independents;
        this.ipv6 = ipv6;
    }

    static String ofProvider(MailProvider provider, int host) {
        return SHARED_PREFIX + (host + 1) + "." + provider.domain();
    }

    static String ofTenant(MailProvider provider, String domain) {
        return domain.replace('.', '-') + "." + TENANTS + "." + provider.domain();
    }

    String ofSmallHoster(int hoster, int host) {
        return SHARED_PREFIX + (host + 1) + "." + naming.smallHoster(hoster);
    }

    static String ofDomain(String domain, int host) {
        return (host == 0 ? OWN_FIRST : SHARED_PREFIX + (host + 1)) + "." + domain;
    }

    /** How many MX hosts a small hoster or a self-hosted domain has. */
    int count(long owner) {
        double unit = draw.unit(Aspect.HOST_COUNT, owner);
        if (unit < 0.70) {
            return 1;
        }
        if (unit < 0.92) {
            return 2;
        }
        return unit < 0.995 ? 3 : 12;
    }

    static long ownerOfSmallHoster(int hoster) {
        return SMALL_HOSTER_OWNER + hoster;
    }

    /** Expects lower case and no trailing dot. */
    Optional<HostPlan> find(String name, int survey) {
        if (name.equals(LOCALHOST)) {
            return Optional.of(HostPlan.without(name, Addressing.LOCALHOST));
        }
        int self = naming.indexOf(name);
        if (self >= 0) {
            return Optional.of(ofOwnDomain(name, self, 0, survey).withoutAlias());
        }
        int dot = name.indexOf('.');
        if (dot < 1) {
            return Optional.empty();
        }
        String first = name.substring(0, dot);
        String parent = name.substring(dot + 1);
        MailProvider provider = MailProvider.ofDomain(parent);
        if (provider != null) {
            int host = shared(first);
            boolean exists = provider.layout() != MailProvider.Layout.TENANT && host >= 0 && host < provider.hosts();
            return exists ? Optional.of(ofNamed(name, provider, host, 0, survey)) : Optional.empty();
        }
        if (parent.endsWith(Naming.SMALL_HOSTER_SUFFIX)) {
            return findSmall(name, first, parent, survey);
        }
        return parent.startsWith(TENANTS + ".")
                ? findTenant(name, first, parent.substring(TENANTS.length() + 1), survey)
                : findOwn(name, first, parent, survey);
    }

    static boolean hasTenants(String name) {
        MailProvider provider =
                name.startsWith(TENANTS + ".") ? MailProvider.ofDomain(name.substring(TENANTS.length() + 1)) : null;
        return provider != null && provider.layout() == MailProvider.Layout.TENANT;
    }

    private Optional<HostPlan> findTenant(String name, String first, String providerDomain, int survey) {
        MailProvider provider = MailProvider.ofDomain(providerDomain);
        int dash = first.lastIndexOf('-');
        if (provider == null || provider.layout() != MailProvider.Layout.TENANT || dash < 0) {
            return Optional.empty();
        }
        int tenant = naming.indexOf(first.substring(0, dash) + "." + first.substring(dash + 1));
        return tenant < 0 ? Optional.empty() : Optional.of(ofNamed(name, provider, 0, tenant, survey));
    }

    private Optional<HostPlan> findSmall(String name, String first, String parent, int survey) {
        int hoster = naming.smallHosterOf(parent);
        int host = shared(first);
        long owner = ownerOfSmallHoster(hoster);
        if (hoster < 0 || host < 0 || host >= count(owner)) {
            return Optional.empty();
        }
        return Optional.of(independent(name, owner, host, Tld.WARES, false, survey));
    }

    private Optional<HostPlan> findOwn(String name, String first, String parent, int survey) {
        int index = naming.indexOf(parent);
        if (index < 0) {
            return Optional.empty();
        }
        return switch (first) {
            case GONE -> Optional.of(HostPlan.without(name, Addressing.NXDOMAIN));
            case BARE -> Optional.of(HostPlan.without(name, Addressing.NO_ADDRESS));
            case SICK -> Optional.of(HostPlan.without(name, Addressing.SERVFAIL));
            default -> {
                int host = first.equals(OWN_FIRST) ? 0 : shared(first);
                boolean exists = host == 0 ? first.equals(OWN_FIRST) : host > 0 && host < count(index);
                yield exists
                        ? Optional.of(ofOwnDomain(name, index, host, survey))
                        : findRelay(name, naming.domain(index), survey);
            }
        };
    }

    private Optional<HostPlan> findRelay(String name, Domain customer, int survey) {
        return relays.find(name, customer, survey)
                .map(relay -> new HostPlan(
                        name,
                        Addressing.FOUND,
                        servers.of(relay.provider(), relay.host(), 0).subList(0, 1),
                        false,
                        false,
                        relay.certificate(),
                        TlsaPlan.NONE,
                        isSigned(customer)));
    }

    private HostPlan ofNamed(String name, MailProvider provider, int host, long customer, int survey) {
        return new HostPlan(
                name,
                Addressing.FOUND,
                servers.of(provider, host, draw.bits(Aspect.ADDRESS, customer, provider.ordinal())),
                false,
                false,
                history.certificate(provider, survey),
                history.tlsa(provider, survey),
                provider.isSigned());
    }

    private HostPlan ofOwnDomain(String name, int index, int host, int survey) {
        Domain domain = naming.domain(index);
        return independent(name, index, host, domain.tld(), isSigned(domain), survey);
    }

    boolean isSigned(Domain domain) {
        return draw.unit(Aspect.SIGNED, domain.index()) < domain.tld().signedShare();
    }

    private HostPlan independent(String name, long owner, int host, Tld tld, boolean signed, int survey) {
        ServerKind kind = independents.server(owner, host, tld.adoption(survey), survey);
        long hash = draw.bits(Aspect.ADDRESS, owner, host);
        int slot = servers.inPool(kind, hash);
        double mix = draw.unit(Aspect.MIXED, owner, host);
        // a second machine behind the same name that does otherwise, or, over IPv6, does well
        boolean twofold = mix < 0.02 && kind != ServerKind.PLAIN;
        List<Integer> slots = twofold ? List.of(slot, servers.inPool(ServerKind.PLAIN, hash >>> 8)) : List.of(slot);
        boolean overIpv6 = ipv6 && (mix >= 0.98 || (mix >= 0.9 && kind == Servers.IPV6_KIND));
        CertificatePlan certificate = independents.certificate(owner, host, name, kind, survey);
        return new HostPlan(
                name,
                Addressing.FOUND,
                slots,
                overIpv6,
                mix >= 0.5 && mix < 0.505,
                certificate,
                kind.offersStartTls() ? pins.of(owner, host, tld, signed, certificate.kind(), survey) : TlsaPlan.NONE,
                signed);
    }

    /** @return ordinal of {@code mx<ordinal + 1>}, or -1 */
    private static int shared(String label) {
        if (!label.startsWith(SHARED_PREFIX) || label.length() > 4) {
            return -1;
        }
        int number = 0;
        for (int i = SHARED_PREFIX.length(); i < label.length(); i++) {
            char digit = label.charAt(i);
            if (digit < '0' || digit > '9' || (digit == '0' && number == 0)) {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number > MAX_HOSTS ? -1 : number - 1;
    }
}
