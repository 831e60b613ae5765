package org.mailpulse.probe.tls;

import java.util.Map;
import org.mailpulse.model.observation.KeyExchange;

/** The IANA registry of TLS supported groups, as far as servers choose from it. */
final class NamedGroups {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(19, "secp192r1"),
            Map.entry(21, "secp224r1"),
            Map.entry(22, "secp256k1"),
            Map.entry(23, "secp256r1"),
            Map.entry(24, "secp384r1"),
            Map.entry(25, "secp521r1"),
            Map.entry(26, "brainpoolP256r1"),
            Map.entry(27, "brainpoolP384r1"),
            Map.entry(28, "brainpoolP512r1"),
            Map.entry(29, "x25519"),
            Map.entry(30, "x448"),
            Map.entry(31, "brainpoolP256r1tls13"),
            Map.entry(32, "brainpoolP384r1tls13"),
            Map.entry(33, "brainpoolP512r1tls13"),
            Map.entry(0x0100, "ffdhe2048"),
            Map.entry(0x0101, "ffdhe3072"),
            Map.entry(0x0102, "ffdhe4096"),
            Map.entry(0x0103, "ffdhe6144"),
            Map.entry(0x0104, "ffdhe8192"),
            Map.entry(0x0200, "MLKEM512"),
            Map.entry(0x0201, "MLKEM768"),
            Map.entry(0x0202, "MLKEM1024"),
            Map.entry(0x11eb, "SecP256r1MLKEM768"),
            Map.entry(0x11ec, "X25519MLKEM768"),
            Map.entry(0x11ed, "SecP384r1MLKEM1024"),
            Map.entry(0x6399, "X25519Kyber768Draft00"),
            Map.entry(0x639a, "SecP256r1Kyber768Draft00"));

    private NamedGroups() {}

    /** @return hexadecimal for a group without a name; null for 0, which stands for none */
    static String name(int id) {
        if (id == 0) {
            return null;
        }
        String name = NAMES.get(id);
        return name == null ? String.format("0x%04x", id) : name;
    }

    static KeyExchange keyExchange(int id) {
        if (id == 0) {
            return KeyExchange.NOT_MEASURED;
        }
        if (id >= 0x0100 && id <= 0x01ff) {
            return KeyExchange.DHE; // the block of RFC 7919
        }
        String name = name(id);
        if (name.contains("MLKEM") || name.contains("Kyber")) {
            return KeyExchange.HYBRID_PQ;
        }
        return NAMES.containsKey(id) ? KeyExchange.ECDHE : KeyExchange.NOT_MEASURED;
    }
}
