package org.mailpulse.simulator.world;

import java.util.ArrayList;
import java.util.List;
import org.mailpulse.simulator.world.MailPlan.Mx;

/** Domain → MX records, by who runs its mail. */
final class Routes {
    private final Draw draw;
    private final Hosts hosts;
    private final Relays relays;
    private final int surveys;

    Routes(Draw draw, Hosts hosts, Relays relays, int surveys) {
        this.draw = draw;
        this.hosts = hosts;
        this.relays = relays;
        this.surveys = surveys;
    }

    /** @param care how much rarer mistakes are than elsewhere */
    List<Mx> of(Domain domain, int survey, double care) {
        double trouble = draw.unit(Aspect.LOCAL_ONLY, domain.index());
        if (trouble < 0.004 * care) {
            return List.of(new Mx(10, Hosts.LOCALHOST));
        }
        if (trouble < 0.016 * care) {
            return List.of(new Mx(10, Hosts.GONE + "." + domain.name()));
        }
        if (trouble < 0.020 * care) {
            return List.of(new Mx(10, Hosts.BARE + "." + domain.name()));
        }
        if (trouble < 0.023 * care) {
            return List.of(new Mx(10, Hosts.SICK + "." + domain.name()));
        }
        Hosting hosting = Hosting.of(draw, domain, survey, surveys);
        if (hosting.provider() != null) {
            return mx(domain, hosting.provider());
        }
        return hosting.smallHoster() < 0 ? ownMx(domain) : smallHosterMx(hosting.smallHoster());
    }

    private List<Mx> mx(Domain domain, MailProvider provider) {
        if (relays.isUsedBy(domain, provider)) {
            List<Mx> all = new ArrayList<>();
            relays.names(domain, provider).forEach(name -> all.add(new Mx(10 * (all.size() + 1), name)));
            return all;
        }
        return switch (provider.layout()) {
            case TENANT -> List.of(new Mx(0, Hosts.ofTenant(provider, domain.name())));
            case SHARDED -> {
                int shard = provider.shard(draw, domain);
                yield List.of(new Mx(10, Hosts.ofProvider(provider, shard)));
            }
            case SHARED -> {
                List<Mx> all = new ArrayList<>(provider.hosts());
                for (int host = 0; host < provider.hosts(); host++) {
                    all.add(new Mx(10 * (host + 1), Hosts.ofProvider(provider, host)));
                }
                yield all;
            }
        };
    }

    private List<Mx> smallHosterMx(int hoster) {
        int count = hosts.count(Hosts.ownerOfSmallHoster(hoster));
        List<Mx> all = new ArrayList<>(count);
        for (int host = 0; host < count; host++) {
            all.add(new Mx(10 * (host + 1), hosts.ofSmallHoster(hoster, host)));
        }
        return all;
    }

    private List<Mx> ownMx(Domain domain) {
        int count = hosts.count(domain.index());
        boolean equal = draw.unit(Aspect.PREFERENCE, domain.index()) < 0.15;
        List<Mx> all = new ArrayList<>(count + 1);
        for (int host = 0; host < count; host++) {
            all.add(new Mx(equal ? 10 : 10 * (host + 1), Hosts.ofDomain(domain.name(), host)));
        }
        double dangling = draw.unit(Aspect.DANGLING, domain.index());
        if (dangling < 0.03) {
            all.add(new Mx(200, (dangling < 0.02 ? Hosts.GONE : Hosts.SICK) + "." + domain.name()));
        }
        return all;
    }
}
