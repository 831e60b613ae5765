package org.mailpulse.simulator.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.mailpulse.simulator.world.HostPlan;
import org.mailpulse.simulator.world.Servers;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Shorthand for records. */
final class Records {
    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private Records() {}

    static ARecord a(Name owner, byte[] address) {
        return new ARecord(owner, DClass.IN, Zone.TTL_SECONDS, address(address));
    }

    static TXTRecord txt(Name owner, String text) {
        return new TXTRecord(owner, DClass.IN, Zone.TTL_SECONDS, text);
    }

    static CNAMERecord cname(Name owner, String target) {
        return new CNAMERecord(owner, DClass.IN, Zone.TTL_SECONDS, name(target));
    }

    /** Those of an MX host, for a question for A or AAAA. */
    static List<Record> addresses(Name owner, HostPlan host, int type) {
        if (type == Type.AAAA && host.ipv6()) {
            return List.of(new AAAARecord(owner, DClass.IN, Zone.TTL_SECONDS, address(IPV6_LOOPBACK)));
        }
        if (type != Type.A) {
            return List.of();
        }
        List<Record> records = new ArrayList<>(host.slots().size());
        host.slots().forEach(slot -> records.add(a(owner, Servers.address(slot))));
        return records;
    }

    static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalStateException("the world made a name that DNS cannot bear: " + text, e);
        }
    }

    static Name below(Name relative, Name apex) {
        try {
            return Name.concatenate(relative, apex);
        } catch (NameTooLongException e) {
            throw new IllegalStateException(relative + " does not go below " + apex, e);
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
