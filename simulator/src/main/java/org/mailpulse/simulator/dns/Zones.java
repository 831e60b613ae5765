package org.mailpulse.simulator.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailpulse.simulator.world.HostPlan;
import org.mailpulse.simulator.world.MailPlan;
import org.mailpulse.simulator.world.MailPlan.Manner;
import org.mailpulse.simulator.world.MailPlan.Mx;
import org.mailpulse.simulator.world.MailPlan.Routing;
import org.mailpulse.simulator.world.MailProvider;
import org.mailpulse.simulator.world.Servers;
import org.mailpulse.simulator.world.Tld;
import org.mailpulse.simulator.world.World;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Question → answer, computed from the world each time; nothing is stored. */
final class Zones {
    static final long TTL_SECONDS = 300;

    private static final String ALIAS = "alias.";
    private static final String REAL = "real.";
    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final World world;

    Zones(World world) {
        this.world = world;
    }

    /** @param type see {@link Type} */
    Answer find(Name question, int type, int survey) {
        String name = question.toString(true).toLowerCase(Locale.ROOT);
        int domain = world.indexOf(name);
        if (domain >= 0) {
            return ofDomain(question, name, domain, type, survey);
        }
        if (name.startsWith(ALIAS)) {
            int aliased = world.indexOf(name.substring(ALIAS.length()));
            if (aliased >= 0) {
                return ofAlias(question, aliased, type, survey);
            }
        }
        boolean real = name.startsWith(REAL);
        Optional<HostPlan> host = world.host(real ? name.substring(REAL.length()) : name, survey);
        if (host.isPresent()) {
            return real ? ofRealHost(question, host.get(), type) : ofHost(question, host.get(), type);
        }
        return isApex(name) ? Answer.NODATA : Answer.NXDOMAIN;
    }

    /** The zone that a name lies in: that of its last two labels for providers, else its top-level domain. */
    static SOARecord soa(Name name) {
        Name zone = name.labels() <= 2 ? name : new Name(name, name.labels() - 2);
        try {
            return new SOARecord(
                    zone,
                    DClass.IN,
                    TTL_SECONDS,
                    Name.fromString("ns", zone),
                    Name.fromString("hostmaster", zone),
                    1,
                    3_600,
                    600,
                    86_400,
                    TTL_SECONDS);
        } catch (TextParseException e) {
            throw new IllegalStateException("no SOA for " + name, e);
        }
    }

    private Answer ofDomain(Name question, String name, int index, int type, int survey) {
        MailPlan plan = world.plan(index, survey);
        switch (plan.manner()) {
            case SERVFAIL:
                return Answer.SERVFAIL;
            case REFUSED:
                return Answer.REFUSED;
            case DROPPED:
                return Answer.NODATA.in(Manner.DROPPED);
            default:
                break;
        }
        if (plan.routing() == Routing.NXDOMAIN) {
            return Answer.NXDOMAIN.in(plan.manner());
        }
        if (plan.alias()) {
            Name target = name(ALIAS + name);
            List<Record> records = new ArrayList<>();
            records.add(new CNAMERecord(question, DClass.IN, TTL_SECONDS, target));
            if (type != Type.CNAME) {
                records.addAll(records(target, plan, name, type, survey));
            }
            return Answer.of(records).in(plan.manner());
        }
        return Answer.of(records(question, plan, name, type, survey)).in(plan.manner());
    }

    private Answer ofAlias(Name question, int index, int type, int survey) {
        MailPlan plan = world.plan(index, survey);
        return plan.alias()
                ? Answer.of(records(question, plan, world.domain(index).name(), type, survey))
                : Answer.NXDOMAIN;
    }

    private List<Record> records(Name owner, MailPlan plan, String domain, int type, int survey) {
        return switch (type) {
            case Type.MX -> mx(owner, plan);
            case Type.TXT -> List.of(new TXTRecord(owner, DClass.IN, TTL_SECONDS, spf(plan)));
            case Type.A, Type.AAAA ->
                plan.routing() == Routing.IMPLICIT_MX
                        ? world.host(domain, survey)
                                .map(host -> addresses(owner, host, type))
                                .orElse(List.of())
                        : List.of();
            default -> List.of();
        };
    }

    private static List<Record> mx(Name owner, MailPlan plan) {
        if (plan.routing() == Routing.NULL_MX) {
            return List.of(new MXRecord(owner, DClass.IN, TTL_SECONDS, 0, Name.root));
        }
        List<Record> records = new ArrayList<>(plan.mx().size());
        for (Mx mx : plan.mx()) {
            records.add(new MXRecord(owner, DClass.IN, TTL_SECONDS, mx.preference(), name(mx.host())));
        }
        return records;
    }

    private static String spf(MailPlan plan) {
        return plan.routing() == Routing.NULL_MX ? "v=spf1 -all" : "v=spf1 mx -all";
    }

    private static Answer ofHost(Name question, HostPlan host, int type) {
        return switch (host.addressing()) {
            case SERVFAIL -> Answer.SERVFAIL;
            case NXDOMAIN -> Answer.NXDOMAIN;
            case NO_ADDRESS -> Answer.NODATA;
            case LOCALHOST ->
                type == Type.A ? Answer.of(List.of(a(question, new byte[] {127, 0, 0, 1}))) : Answer.NODATA;
            case FOUND -> {
                if (!host.alias()) {
                    yield Answer.of(addresses(question, host, type));
                }
                Name target = name(REAL + host.name());
                List<Record> records = new ArrayList<>();
                records.add(new CNAMERecord(question, DClass.IN, TTL_SECONDS, target));
                records.addAll(addresses(target, host, type));
                yield Answer.of(records);
            }
        };
    }

    private static Answer ofRealHost(Name question, HostPlan host, int type) {
        return host.alias() ? Answer.of(addresses(question, host, type)) : Answer.NXDOMAIN;
    }

    private static List<Record> addresses(Name owner, HostPlan host, int type) {
        if (type == Type.AAAA && host.ipv6()) {
            return List.of(new AAAARecord(owner, DClass.IN, TTL_SECONDS, address(IPV6_LOOPBACK)));
        }
        if (type != Type.A) {
            return List.of();
        }
        List<Record> records = new ArrayList<>(host.slots().size());
        host.slots().forEach(slot -> records.add(a(owner, Servers.address(slot))));
        return records;
    }

    private static ARecord a(Name owner, byte[] address) {
        return new ARecord(owner, DClass.IN, TTL_SECONDS, address(address));
    }

    private static boolean isApex(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("example") || name.equals("test")) {
            return true;
        }
        for (Tld tld : Tld.values()) {
            if (tld.label().equals(name)) {
                return true;
            }
        }
        for (MailProvider provider : MailProvider.values()) {
            if (provider.domain().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalStateException("the world made a name that DNS cannot bear: " + text, e);
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }
}
