package org.mailpulse.probe.pace;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One address, or one network of them: so many inside, so long between two starts, and longer while it complains. What
 * waits in it are visitors, or the addresses of a network that could let one in. Guarded by the lock of its gate.
 *
 * @param <W> what waits
 */
final class Lane<W> {
    /** Each complaint doubles the gap, up to 32 times; each visit without one halves it again. */
    static final int MAX_SLOWNESS = 5;

    /** After so many complaints in a row nobody else is sent there for a while. */
    static final int MAX_COMPLAINTS = 8;

    private static final int NETWORK_BYTES_IPV4 = 3;
    private static final int NETWORK_BYTES_IPV6 = 6;

    final Object key;
    /** The network of an address; null for a network. */
    final Lane<Lane<?>> network;

    final Queue<W> queue = new ArrayDeque<>();
    private final int limit;
    private final long gap;
    private int inside;
    private int slowness;
    private int complaints;
    private boolean entered;
    private long notBefore;

    /** Stands in the queue above it. */
    boolean ready;
    /** Addresses of a network that are not forgotten. */
    int members;
    /** When the earliest timer set for it goes off; meaningful while {@code timed}. */
    long wakeAt;

    boolean timed;

    Lane(Object key, Lane<Lane<?>> network, int limit, long gap) {
        this.key = key;
        this.network = network;
        this.limit = limit;
        this.gap = gap;
    }

    /** The /24 of an IPv4 address, the /48 of an IPv6 address. */
    static Long network(InetAddress address) {
        byte[] bytes = address.getAddress();
        int count = bytes.length == 4 ? NETWORK_BYTES_IPV4 : NETWORK_BYTES_IPV6;
        long network = bytes.length;
        for (int i = 0; i < count; i++) {
            network = network << 8 | bytes[i] & 0xff;
        }
        return network;
    }

    boolean isFull() {
        return inside >= limit;
    }

    /** Until it is forgotten. Without a gap nobody is spared. */
    boolean isClosed() {
        return complaints >= MAX_COMPLAINTS && gap > 0;
    }

    boolean isEmpty() {
        return inside == 0 && queue.isEmpty() && members == 0;
    }

    /** Nanoseconds until one may start, as far as the gap is concerned; 0 or less for now. */
    long untilStart(long now) {
        return entered ? notBefore - now : 0;
    }

    /** Nanoseconds until nothing that was noted of it matters any longer. */
    long untilForgotten(long now) {
        return entered ? notBefore + 2 * (pause() - gap) - now : 0;
    }

    void admit(long now) {
        fade(now);
        inside++;
        entered = true;
        notBefore = now + pause();
    }

    void leave(boolean complained, long now) {
        inside--;
        fade(now);
        if (!complained) {
            complaints = 0;
            slowness = Math.max(0, slowness - 1);
            return;
        }
        complaints++;
        slowness = Math.min(MAX_SLOWNESS, slowness + 1);
        notBefore = Math.max(notBefore - now, pause()) + now;
    }

    private long pause() {
        return gap << slowness;
    }

    /** Idle time heals, too: one step for each pause that nobody used. */
    private void fade(long now) {
        for (long idle = now - notBefore; entered && slowness > 0 && idle >= pause(); slowness--) {
            idle -= pause();
        }
    }
}
