package org.mailpulse.simulator.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailpulse.simulator.dns.Node.Presence;
import org.mailpulse.simulator.tls.Credentials;
import org.mailpulse.simulator.world.MailPlan;
import org.mailpulse.simulator.world.MailPlan.Manner;
import org.mailpulse.simulator.world.MailPlan.Signing;
import org.mailpulse.simulator.world.Tld;
import org.mailpulse.simulator.world.World;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Question → answer, computed from the world each time; nothing is stored. There is a zone for the root, for each
 * top-level domain, and for each name of two labels below these: one cut at every level.
 */
final class Zones {
    private static final Set<String> TOP_LEVEL = Stream.concat(
                    Stream.of(Tld.values()).map(Tld::label), Stream.of("example", "test"))
            .collect(Collectors.toUnmodifiableSet());

    private static final String NAME_SERVER = "ns";
    private static final String LOCALHOST = "localhost";
    private static final byte[] IPV4_LOOPBACK = {127, 0, 0, 1};

    /** So much is left that the names next to it fit, too (RFC 1035 §2.3.4: 255 bytes). */
    private static final int MAX_NAME_BYTES = 250;

    private final World world;
    private final ZoneKeys keys;
    private final DomainNodes domains;
    private final HostNodes hosts;

    Zones(World world, ZoneKeys keys, Credentials credentials) {
        this.world = world;
        this.keys = keys;
        this.domains = new DomainNodes(world);
        this.hosts = new HostNodes(world, credentials);
    }

    /** @param type see {@link Type} */
    Answer find(Name question, int type, int survey) {
        if (isOdd(question)) {
            return Answer.REFUSED;
        }
        Node node = type == Type.DS ? fromAbove(question, survey) : node(question, survey);
        return switch (node.manner()) {
            case SERVFAIL -> Answer.SERVFAIL;
            case REFUSED -> Answer.REFUSED;
            case DROPPED -> Answer.DROPPED;
            default -> answer(node, type, survey);
        };
    }

    private Answer answer(Node node, int type, int survey) {
        List<Record> records = node.records(type);
        if (!records.isEmpty()) {
            return Answer.of(node.manner(), records, node, true);
        }
        List<Record> alias = type == Type.CNAME ? List.of() : node.records(Type.CNAME);
        if (alias.isEmpty()) {
            return Answer.of(node.manner(), List.of(), node, false);
        }
        Node target = node(((CNAMERecord) alias.get(0)).getTarget(), survey);
        if (target.manner() == Manner.SERVFAIL) {
            return Answer.SERVFAIL;
        }
        List<Record> behind = target.records(type);
        List<Record> both = new ArrayList<>(alias);
        both.addAll(behind);
        return Answer.of(node.manner(), both, target, !behind.isEmpty());
    }

    /** What stands at a name, as the zone tells that it is the apex of or lies in. */
    Node node(Name name, int survey) {
        String text = text(name);
        int labels = name.labels() - 1;
        if (labels == 0) {
            return apex(name, Zone.ROOT, type -> List.of());
        }
        int lastDot = text.lastIndexOf('.');
        String top = text.substring(lastDot + 1);
        if (!TOP_LEVEL.contains(top)) {
            boolean known = text.equals(LOCALHOST) || text.equals(NAME_SERVER);
            return known ? loopback(name, Zone.ROOT) : Node.absent(name, Zone.ROOT);
        }
        Zone above = zone(top, Signing.SIGNED);
        if (labels == 1) {
            return apex(name, above, type -> List.of());
        }
        String owner = text.substring(text.lastIndexOf('.', lastDot - 1) + 1);
        Optional<Signing> signing = world.zone(owner, survey);
        if (signing.isPresent()) {
            return inZone(name, text, owner, zone(owner, signing.get()), survey);
        }
        if (text.equals(NAME_SERVER + "." + top)) {
            return loopback(name, above);
        }
        int domain = labels == 2 ? world.indexOf(owner) : -1;
        Node absent = Node.absent(name, above);
        return domain < 0 ? absent : absent.in(world.plan(domain, survey).manner());
    }

    private Node inZone(Name name, String text, String owner, Zone zone, int survey) {
        String relative = text.substring(0, text.length() - owner.length());
        if (relative.equals(NAME_SERVER + ".")) {
            return loopback(name, zone);
        }
        int domain = world.indexOf(owner);
        if (relative.isEmpty() && domain < 0) {
            return apex(name, zone, type -> List.of());
        }
        if (relative.isEmpty()) {
            MailPlan plan = world.plan(domain, survey);
            return apex(name, zone, domains.apex(name, owner, plan, survey)).in(plan.manner());
        }
        Node ofDomain = domain < 0 ? null : domains.below(name, relative, zone, domain, survey);
        return ofDomain != null ? ofDomain : hosts.at(name, text, zone, survey);
    }

    private Node apex(Name name, Zone zone, IntFunction<List<Record>> content) {
        return Node.present(name, zone, type -> switch (type) {
            case Type.SOA -> List.of(zone.soa());
            case Type.NS -> List.of(zone.ns());
            case Type.DNSKEY -> zone.isSigned() ? List.of(keys.dnskey(zone.apex())) : List.of();
            default -> content.apply(type);
        });
    }

    /** DS records are of the zone above the cut (RFC 4035 §2.4), and so is their absence. */
    private Node fromAbove(Name name, int survey) {
        String text = text(name);
        int labels = name.labels() - 1;
        if (labels == 1 && TOP_LEVEL.contains(text)) {
            return delegation(name, Zone.ROOT, zone(text, Signing.SIGNED));
        }
        String top = text.substring(text.lastIndexOf('.') + 1);
        if (labels == 2 && TOP_LEVEL.contains(top)) {
            Zone above = zone(top, Signing.SIGNED);
            return world.zone(text, survey)
                    .map(signing -> delegation(name, above, zone(text, signing)))
                    .orElseGet(() -> node(name, survey).in(Manner.PROMPT));
        }
        return node(name, survey);
    }

    private Node delegation(Name name, Zone above, Zone below) {
        return new Node(name, above, Presence.DELEGATION, Manner.PROMPT, type -> switch (type) {
            case Type.NS -> List.of(below.ns());
            case Type.DS -> below.isSigned() ? List.of(keys.ds(below.apex())) : List.of();
            default -> List.of();
        });
    }

    private static Node loopback(Name name, Zone zone) {
        return Node.present(name, zone, type -> type == Type.A ? List.of(Records.a(name, IPV4_LOOPBACK)) : List.of());
    }

    private static Zone zone(String apex, Signing signing) {
        return new Zone(Records.name(apex), signing);
    }

    /** No name of this world needs an escape, which would make labels and dots two different things. */
    private static boolean isOdd(Name name) {
        return name.length() > MAX_NAME_BYTES || name.toString().indexOf('\\') >= 0;
    }

    private static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }
}
