package org.mailpulse.probe.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.7",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "fc00::1",
                "fdff::1",
                "ff02::1",
                "2001:db8::1",
                "3fff::1",
                "100::1",
                "2001::1",
                "2001:2::1",
                "64:ff9b:1::1",
                "5f00::1"
            })
    void specialPurposeAddressesAreBlocked(String address) {
        assertThat(AddressRules.isBlocked(InetAddresses.forString(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.9.9.9",
                "100.63.255.255",
                "100.128.0.1",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.0.1.1",
                "192.169.0.1",
                "198.17.255.255",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1a",
                "2001:4860::8888",
                "2003::1"
            })
    void publicAddressesAreNot(String address) {
        assertThat(AddressRules.isBlocked(InetAddresses.forString(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "64:ff9b::7f00:1", // NAT64 of 127.0.0.1
                "64:ff9b::a9fe:a9fe", // of 169.254.169.254
                "2002:7f00:1::", // 6to4
                "2002:c0a8:101::1",
                "::a00:1", // IPv4-compatible
                "::ffff:0:a00:1" // IPv4-translated
            })
    void anAddressThatCarriesABlockedOneIsBlocked(String address) {
        assertThat(AddressRules.isBlocked(InetAddresses.forString(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"64:ff9b::101:101", "2002:101:101::1"})
    void anAddressThatCarriesAPublicOneIsNot(String address) {
        assertThat(AddressRules.isBlocked(InetAddresses.forString(address))).isFalse();
    }

    @Test
    void aMappedAddressIsWhatItMaps() throws Exception {
        assertThat(AddressRules.isBlocked(mapped(10, 0, 0, 1))).isTrue();
        assertThat(AddressRules.isBlocked(mapped(1, 1, 1, 1))).isFalse();
    }

    @Test
    void aBlockTellsItsEdges() {
        Cidr block = Cidr.parse("192.0.2.128/26");
        assertThat(block.contains(InetAddresses.forString("192.0.2.127"))).isFalse();
        assertThat(block.contains(InetAddresses.forString("192.0.2.128"))).isTrue();
        assertThat(block.contains(InetAddresses.forString("192.0.2.191"))).isTrue();
        assertThat(block.contains(InetAddresses.forString("192.0.2.192"))).isFalse();
        assertThat(block).hasToString("192.0.2.128/26");
        assertThat(Cidr.parse("0.0.0.0/0").contains(InetAddresses.forString("8.8.8.8")))
                .isTrue();
        assertThat(Cidr.parse("::/0").contains(InetAddresses.forString("8.8.8.8")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1/24", "192.0.2.0/33", "192.0.2.0/x", "2001:db8::/129", "host/24", ""})
    void whatIsNoBlockIsRefused(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Java's own parser would make an IPv4 address of it. */
    private static InetAddress mapped(int a, int b, int c, int d) throws Exception {
        byte[] bytes = new byte[16];
        bytes[10] = bytes[11] = (byte) 0xff;
        bytes[12] = (byte) a;
        bytes[13] = (byte) b;
        bytes[14] = (byte) c;
        bytes[15] = (byte) d;
        return Inet6Address.getByAddress(null, bytes, -1);
    }
}
