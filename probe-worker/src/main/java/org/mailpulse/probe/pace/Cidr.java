package org.mailpulse.probe.pace;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of addresses, e.g. {@code 192.0.2.0/24}. An IPv4 block holds no IPv6 address, and the other way round.
 *
 * @param network first address of the block, 4 or 16 bytes
 * @param bits length of the prefix, 0…32 or 0…128
 */
public record Cidr(byte[] network, int bits) {
    public Cidr {
        if (bits < 0 || bits > network.length * 8) {
            throw new IllegalArgumentException("prefix length must be 0…" + network.length * 8 + ", is " + bits);
        }
        network = network.clone();
    }

    /**
     * Reads {@code address/bits} or a single address.
     *
     * @throws IllegalArgumentException if it is neither, or has bits set beyond the prefix
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] network = InetAddresses.forString(address).getAddress();
        Cidr block = new Cidr(network, slash < 0 ? network.length * 8 : bits(text, slash));
        if (!Arrays.equals(network, block.masked())) {
            throw new IllegalArgumentException("'" + text + "' has bits set beyond its prefix");
        }
        return block;
    }

    private static int bits(String text, int slash) {
        try {
            return Integer.parseInt(text.substring(slash + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' has no prefix length after the slash", e);
        }
    }

    public boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || ((address[whole] ^ network[whole]) & (0xff << (8 - rest)) & 0xff) == 0;
    }

    private byte[] masked() {
        byte[] masked = network.clone();
        for (int bit = bits; bit < masked.length * 8; bit++) {
            masked[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        return masked;
    }

    @Override
    public byte[] network() {
        return network.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr block && bits == block.bits && Arrays.equals(network, block.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + bits;
    }

    @Override
    public String toString() {
        try {
            return InetAddresses.toAddrString(InetAddress.getByAddress(network)) + "/" + bits;
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("network has " + network.length + " bytes", e);
        }
    }
}
