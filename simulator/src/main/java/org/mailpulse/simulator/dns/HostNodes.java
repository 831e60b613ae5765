package org.mailpulse.simulator.dns;

import static org.mailpulse.simulator.world.HostPlan.REAL;

import java.util.List;
import java.util.Optional;
import org.mailpulse.simulator.tls.Credentials;
import org.mailpulse.simulator.world.HostPlan;
import org.mailpulse.simulator.world.HostPlan.TlsaPlan;
import org.mailpulse.simulator.world.MailPlan.Manner;
import org.mailpulse.simulator.world.MailPlan.Routing;
import org.mailpulse.simulator.world.World;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** MX hosts, where their aliases lead, and their TLSA records. */
final class HostNodes {
    private static final String TCP = "_tcp.";
    private static final String SMTP = "_25._tcp.";

    private final World world;
    private final TlsaRecords tlsa;

    HostNodes(World world, Credentials credentials) {
        this.world = world;
        this.tlsa = new TlsaRecords(credentials);
    }

    /** @param text the name in lower case, without the last dot */
    Node at(Name name, String text, Zone zone, int survey) {
        if (text.startsWith(SMTP)) {
            return tlsa(name, text.substring(SMTP.length()), zone, survey);
        }
        if (text.startsWith(TCP)) {
            boolean above =
                    tlsa(name, text.substring(TCP.length()), zone, survey).exists();
            return above ? Node.empty(name, zone) : Node.absent(name, zone);
        }
        boolean real = text.startsWith(REAL);
        Optional<HostPlan> host = world.host(real ? text.substring(REAL.length()) : text, survey);
        if (host.isEmpty()) {
            return world.hasTenants(text) ? Node.empty(name, zone) : Node.absent(name, zone);
        }
        return real ? realHost(name, host.get(), zone) : host(name, host.get(), zone);
    }

    private static Node host(Name name, HostPlan host, Zone zone) {
        return switch (host.addressing()) {
            case SERVFAIL -> Node.empty(name, zone).in(Manner.SERVFAIL);
            case NXDOMAIN -> Node.absent(name, zone);
            case NO_ADDRESS, LOCALHOST -> Node.empty(name, zone);
            case FOUND ->
                host.alias()
                        ? Node.present(
                                name,
                                zone,
                                type -> type == Type.CNAME
                                        ? List.of(Records.cname(name, REAL + host.name()))
                                        : List.of())
                        : Node.present(name, zone, type -> Records.addresses(name, host, type));
        };
    }

    private static Node realHost(Name name, HostPlan host, Zone zone) {
        return host.alias()
                ? Node.present(name, zone, type -> Records.addresses(name, host, type))
                : Node.absent(name, zone);
    }

    private Node tlsa(Name name, String base, Zone zone, int survey) {
        boolean real = base.startsWith(REAL);
        HostPlan host = world.host(real ? base.substring(REAL.length()) : base, survey)
                .filter(found -> !real || found.alias())
                .orElse(null);
        if (host == null || host.tlsa() == TlsaPlan.NONE || !takesMail(base, survey)) {
            return Node.absent(name, zone);
        }
        if (host.tlsa() == TlsaPlan.FAILS) {
            return Node.empty(name, zone).in(Manner.SERVFAIL);
        }
        if (host.alias() && !real) {
            // RFC 7671 §7: who asks for either name gets the same records
            return Node.present(
                    name,
                    zone,
                    type -> type == Type.CNAME ? List.of(Records.cname(name, SMTP + REAL + host.name())) : List.of());
        }
        return Node.present(name, zone, type -> type == Type.TLSA ? tlsa.of(name, host) : List.of());
    }

    /** A domain that has MX hosts is not one itself. */
    private boolean takesMail(String host, int survey) {
        int domain = world.indexOf(host);
        return domain < 0 || world.plan(domain, survey).routing() == Routing.IMPLICIT_MX;
    }
}
