package org.mailpulse.simulator.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The machines. Each has one loopback address and, before TLS, one behaviour: a server that has not yet seen SNI cannot
 * know which MX host is meant. Named providers own some; all other MX hosts share pools, one pool for each kind, and move
 * from pool to pool as they change. So the number of addresses does not grow with the number of domains.
 */
public final class Servers {
    /** The behaviour of the one server at {@code ::1}. */
    public static final ServerKind IPV6_KIND = ServerKind.TLS13;

    /** 127.64.0.1 and on: far from the addresses that other programs use on loopback. */
    private static final int FIRST_OCTETS = 127 << 24 | 64 << 16;

    private static final int HOSTS_PER_BLOCK = 250;

    private record Slot(ServerKind fixed, MailProvider provider, int host) {}

    private final ProviderHistory history;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<ServerKind, Integer> pools = new EnumMap<>(ServerKind.class);
    private final Map<MailProvider, Integer> owned = new EnumMap<>(MailProvider.class);

    Servers(ProviderHistory history) {
        this.history = history;
        for (ServerKind kind : ServerKind.values()) {
            pools.put(kind, slots.size());
            for (int i = 0; i < kind.poolSize(); i++) {
                slots.add(new Slot(kind, null, 0));
            }
        }
        for (MailProvider provider : MailProvider.values()) {
            owned.put(provider, slots.size());
            for (int i = 0; i < provider.hosts() * provider.slotsPerHost(); i++) {
                slots.add(new Slot(null, provider, i / provider.slotsPerHost()));
            }
        }
    }

    /** Slots are 0…count-1. */
    public int count() {
        return slots.size();
    }

    /** How the server behaves in a survey. */
    public ServerKind kind(int slot, int survey) {
        Slot server = slots.get(slot);
        return server.fixed() != null ? server.fixed() : history.server(server.provider(), server.host(), survey);
    }

    /** The machines of a pool are alike for ever. */
    int inPool(ServerKind kind, long hash) {
        return pools.get(kind) + (int) Math.floorMod(hash, (long) kind.poolSize());
    }

    /** The machines of an MX host of a named provider. */
    List<Integer> of(MailProvider provider, int host, long hash) {
        int first = owned.get(provider);
        int size = provider.slotsPerHost();
        if (provider.layout() == MailProvider.Layout.TENANT) {
            int pick = (int) Math.floorMod(hash, (long) size);
            return List.of(first + pick, first + (pick + 1) % size);
        }
        List<Integer> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(first + host * size + i);
        }
        return all;
    }

    /** IPv4 address of a slot. */
    public static byte[] address(int slot) {
        int bits = FIRST_OCTETS + (slot / HOSTS_PER_BLOCK << 8) + 1 + slot % HOSTS_PER_BLOCK;
        return new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
    }

    /** @return -1 for an address that is not one of {@link #address} */
    public int slotOf(byte[] address) {
        if (address.length != 4) {
            return -1;
        }
        int bits = (address[0] & 0xFF) << 24 | (address[1] & 0xFF) << 16 | (address[2] & 0xFF) << 8 | address[3] & 0xFF;
        int offset = bits - FIRST_OCTETS;
        int slot = (offset >> 8) * HOSTS_PER_BLOCK + (offset & 0xFF) - 1;
        return slot >= 0 && slot < count() && Arrays.equals(address(slot), address) ? slot : -1;
    }

    /** How the machine calls itself in its greeting. */
    public String name(int slot) {
        MailProvider provider = slots.get(slot).provider();
        return "node-" + slot + "." + (provider == null ? "machines.example" : provider.domain());
    }
}
