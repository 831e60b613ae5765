package org.mailpulse.probe.pace;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are no place for a mail server of the public Internet, by the IANA special-purpose registries (RFC
 * 6890). A zone owner can point an MX at any of them; connecting there would let strangers use the prober to reach
 * into the network it stands in.
 */
public final class AddressRules {
    private static final List<Cidr> BLOCKED = blocks(
            "0.0.0.0/8", // "this network", RFC 791
            "10.0.0.0/8", // private, RFC 1918
            "100.64.0.0/10", // carrier-grade NAT, RFC 6598
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, RFC 3927; clouds keep their metadata service here
            "172.16.0.0/12", // private, RFC 1918
            "192.0.0.0/24", // IETF protocol assignments, RFC 6890
            "192.0.2.0/24", // documentation, RFC 5737
            "192.88.99.0/24", // 6to4 relays, withdrawn by RFC 7526
            "192.168.0.0/16", // private, RFC 1918
            "198.18.0.0/15", // benchmarks, RFC 2544
            "198.51.100.0/24", // documentation, RFC 5737
            "203.0.113.0/24", // documentation, RFC 5737
            "224.0.0.0/4", // multicast, RFC 5771
            "240.0.0.0/4", // reserved, and the limited broadcast address
            "::/128", // unspecified
            "::1/128", // loopback
            "64:ff9b:1::/48", // NAT64 for local use, RFC 8215
            "100::/64", // discard only, RFC 6666
            "100:0:0:1::/64", // dummy prefix, RFC 9780
            "2001::/23", // IETF protocol assignments, RFC 2928: Teredo, benchmarks, ORCHID…
            "2001:db8::/32", // documentation, RFC 3849
            "3fff::/20", // documentation, RFC 9637
            "5f00::/16", // segment routing, RFC 9602
            "fc00::/7", // unique local, RFC 4193
            "fe80::/10", // link-local
            "fec0::/10", // site-local, withdrawn by RFC 3879
            "ff00::/8"); // multicast

    /** IPv6 blocks that carry an IPv4 address, with the byte at which it begins. */
    private enum Carrier {
        COMPATIBLE("::/96", 12), // RFC 4291 §2.5.5.1
        MAPPED("::ffff:0:0/96", 12), // RFC 4291 §2.5.5.2
        TRANSLATED("::ffff:0:0:0/96", 12), // RFC 2765
        NAT64("64:ff9b::/96", 12), // RFC 6052
        SIX_TO_FOUR("2002::/16", 2); // RFC 3056

        private final Cidr block;
        private final int at;

        Carrier(String block, int at) {
            this.block = block(block);
            this.at = at;
        }
    }

    private AddressRules() {}

    /** Whether the address, or the IPv4 address inside it, is not a public unicast address. */
    public static boolean isBlocked(InetAddress address) {
        byte[] bytes = address.getAddress();
        return inBlockedBlock(bytes) || inBlockedBlock(carried(bytes));
    }

    private static boolean inBlockedBlock(byte[] address) {
        for (Cidr block : BLOCKED) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** The IPv4 address within, or the address itself. */
    private static byte[] carried(byte[] address) {
        if (address.length == 16) {
            for (Carrier carrier : Carrier.values()) {
                if (carrier.block.contains(address)) {
                    return Arrays.copyOfRange(address, carrier.at, carrier.at + 4);
                }
            }
        }
        return address;
    }

    private static List<Cidr> blocks(String... blocks) {
        return Stream.of(blocks).map(AddressRules::block).toList();
    }

    /** Not {@link Cidr#parse}: Java turns the text of an IPv4-mapped address into an IPv4 address. */
    private static Cidr block(String text) {
        if (text.equals("::ffff:0:0/96")) {
            byte[] mapped = new byte[16];
            mapped[10] = (byte) 0xff;
            mapped[11] = (byte) 0xff;
            return new Cidr(mapped, 96);
        }
        return Cidr.parse(text);
    }
}
