package org.mailpulse.simulator.world;

import java.util.List;
import java.util.Optional;
import org.mailpulse.simulator.world.MailPlan.Manner;
import org.mailpulse.simulator.world.MailPlan.MtaStsPlan;
import org.mailpulse.simulator.world.MailPlan.Mx;
import org.mailpulse.simulator.world.MailPlan.Routing;
import org.mailpulse.simulator.world.MailPlan.Signing;
import org.mailpulse.simulator.world.MailPlan.TlsRptPlan;

/**
 * The planted mail internet. Immutable, thread-safe, and as small for a million domains as for one. Surveys are
 * 0…surveys-1.
 */
public final class World {
    private final WorldSettings settings;
    private final Draw draw;
    private final Naming naming;
    private final Story story;
    private final Servers servers;
    private final Hosts hosts;
    private final Routes routes;
    private final PolicyPlans policies;

    public World(WorldSettings settings) {
        this.settings = settings;
        this.draw = new Draw(settings.seed());
        this.naming = new Naming(draw, settings.domains());
        this.story = new Story(settings.surveys());
        ProviderHistory history = new ProviderHistory(story);
        this.servers = new Servers(history);
        Relays relays = new Relays(draw, history, settings.surveys());
        this.hosts = new Hosts(
                draw,
                naming,
                new Pins(draw, story),
                history,
                relays,
                servers,
                new Independents(draw, settings.hostile(), settings.surveys()),
                settings.ipv6());
        this.routes = new Routes(draw, hosts, relays, settings.surveys());
        this.policies = new PolicyPlans(draw);
    }

    public WorldSettings settings() {
        return settings;
    }

    public Story story() {
        return story;
    }

    public Servers servers() {
        return servers;
    }

    /** The month, e.g. {@code 2026-11}. */
    public String surveyName(int survey) {
        return settings.first().plusMonths(survey).toString();
    }

    public Domain domain(int index) {
        return naming.domain(index);
    }

    /** @return -1 for a name that is not a surveyed domain's; expects lower case, no trailing dot */
    public int indexOf(String name) {
        return naming.indexOf(name);
    }

    /** Whether the domain is on the target lists: some come late, some leave. */
    public boolean isListed(int index, int survey) {
        int surveys = settings.surveys();
        boolean late = draw.unit(Aspect.ENTRY, index) < 0.05;
        boolean leaves = draw.unit(Aspect.EXIT, index) < 0.04;
        if (late && leaves) {
            return true;
        }
        return !(late && survey < draw.below(surveys, Aspect.ENTRY, index, 1))
                && !(leaves && survey > draw.below(surveys, Aspect.EXIT, index, 1));
    }

    /** Who runs the domain's mail: domain of a provider or small hoster; empty where the domain does it itself. */
    public String hoster(int index, int survey) {
        Hosting hosting = Hosting.of(draw, naming.domain(index), survey, settings.surveys());
        if (hosting.provider() != null) {
            return hosting.provider().domain();
        }
        return hosting.smallHoster() < 0 ? "" : naming.smallHoster(hosting.smallHoster());
    }

    public MailPlan plan(int index, int survey) {
        Domain domain = naming.domain(index);
        double care = care(domain);
        Signing signing = signing(domain);
        Manner manner = manner(index, survey);
        if (!isRegistered(domain, survey)) {
            return new MailPlan(
                    Routing.NXDOMAIN, manner, false, List.of(), Signing.UNSIGNED, MtaStsPlan.NONE, TlsRptPlan.NONE);
        }
        Routing routing = routing(index, survey, care);
        List<Mx> mx = routing == Routing.MX ? routes.of(domain, survey, care) : List.of();
        boolean alias = signing == Signing.UNSIGNED && draw.unit(Aspect.DNS_MANNER, index, 1) < 0.006;
        MtaStsPlan mtaSts = routing == Routing.MX ? policies.mtaSts(domain, survey) : MtaStsPlan.NONE;
        return new MailPlan(routing, manner, alias, mx, signing, mtaSts, policies.tlsRpt(index, mtaSts));
    }

    /** An MX host by its name; expects lower case, no trailing dot. */
    public Optional<HostPlan> host(String name, int survey) {
        return hosts.find(name, survey);
    }

    /** Whether all that stands at the name are names below it: the MX hosts of a giant's tenants. */
    public boolean hasTenants(String name) {
        return Hosts.hasTenants(name);
    }

    /**
     * Whether a middlebox masks STARTTLS on the way from a prober.
     *
     * @param proberTld top-level domain of the prober's EHLO name: that is how the simulation knows where it stands
     */
    public boolean isStripped(String proberTld, int survey) {
        return proberTld.equals(Tld.QS.label()) && story.has(Event.Kind.STRIPPING, survey);
    }

    /**
     * The zone whose apex has this name of two labels; empty where there is none. Expects lower case, no trailing dot.
     * All top-level domains and the root are signed.
     */
    public Optional<Signing> zone(String name, int survey) {
        int index = naming.indexOf(name);
        if (index >= 0) {
            Domain domain = naming.domain(index);
            return isRegistered(domain, survey) ? Optional.of(signing(domain)) : Optional.empty();
        }
        MailProvider provider = MailProvider.ofDomain(name);
        if (provider != null) {
            return Optional.of(provider.isSigned() ? Signing.SIGNED : Signing.UNSIGNED);
        }
        return naming.smallHosterOf(name) < 0 ? Optional.empty() : Optional.of(Signing.UNSIGNED);
    }

    private boolean isRegistered(Domain domain, int survey) {
        double care = care(domain);
        return draw.unit(Aspect.NXDOMAIN, domain.index()) >= 0.015 * care && !isDead(domain.index(), survey, care);
    }

    /** How much rarer mistakes are where somebody looks. */
    private static double care(Domain domain) {
        return domain.isGovernment() ? 0.3 : 1;
    }

    private boolean isDead(int index, int survey, double care) {
        return draw.unit(Aspect.DEATH, index) < 0.01 * care
                && survey > draw.below(settings.surveys(), Aspect.DEATH, index, 1);
    }

    private Routing routing(int index, int survey, double care) {
        if (draw.unit(Aspect.NULL_MX, index) < (0.03 + 0.001 * survey) * care) {
            return Routing.NULL_MX;
        }
        if (draw.unit(Aspect.NO_ADDRESS, index) < 0.015 * care) {
            return Routing.NO_ADDRESS;
        }
        return draw.unit(Aspect.IMPLICIT, index) < 0.025 * care ? Routing.IMPLICIT_MX : Routing.MX;
    }

    private Manner manner(int index, int survey) {
        if (draw.unit(Aspect.DNS_TROUBLE, index, survey) < 0.006 + 0.05 * settings.hostile()) {
            double kind = draw.unit(Aspect.DNS_TROUBLE, index, survey + 1_000L);
            if (kind < 0.5) {
                return Manner.SERVFAIL;
            }
            return kind < 0.85 ? Manner.REFUSED : Manner.DROPPED;
        }
        double habit = draw.unit(Aspect.DNS_MANNER, index);
        if (habit < 0.010) {
            return Manner.SLOW;
        }
        if (habit < 0.017) {
            return Manner.TRUNCATED;
        }
        return habit < 0.020 ? Manner.LOSSY : Manner.PROMPT;
    }

    private Signing signing(Domain domain) {
        if (!hosts.isSigned(domain)) {
            return Signing.UNSIGNED;
        }
        double fault = draw.unit(Aspect.SIGNATURE_FAULT, domain.index());
        if (fault < 0.004) {
            return Signing.EXPIRED;
        }
        return fault < 0.006 ? Signing.WRONG : Signing.SIGNED;
    }
}
