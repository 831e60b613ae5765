package org.mailpulse.testbed;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A block 127.A.B.0/24 of the test's own, and a port that is free on all of its addresses: a survey knows only one SMTP
 * port, so each server needs an address of its own.
 */
public record LoopbackBlock(int second, int third, int port) {
    private static final int ATTEMPTS = 50;

    /**
     * Picks a block at random.
     *
     * @param hosts how many addresses will be used, from .1 on; 1…254
     */
    public static LoopbackBlock claim(int hosts) throws IOException {
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            LoopbackBlock block = new LoopbackBlock(random.nextInt(16, 250), random.nextInt(256), 0);
            try {
                return block.withFreePort(hosts);
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException("no port is free on " + hosts + " loopback addresses at once", last);
    }

    /** {@code 127.A.B} */
    public String prefix() {
        return "127." + second + "." + third;
    }

    /** Address number {@code host} with the common port. */
    public InetSocketAddress at(int host) {
        return new InetSocketAddress(address(host), port);
    }

    public InetAddress address(int host) {
        if (host < 1 || host > 254) {
            throw new IllegalArgumentException("host must be 1…254, is " + host);
        }
        try {
            return InetAddress.getByAddress(new byte[] {127, (byte) second, (byte) third, (byte) host});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private LoopbackBlock withFreePort(int hosts) throws IOException {
        int candidate;
        try (ServerSocket any = new ServerSocket(0, 1, address(1))) {
            candidate = any.getLocalPort();
        }
        for (int host = 1; host <= hosts; host++) {
            bindable(new InetSocketAddress(address(host), candidate));
        }
        if (hasIpv6()) {
            bindable(new InetSocketAddress(InetAddress.getByName("::1"), candidate));
        }
        return new LoopbackBlock(second, third, candidate);
    }

    private static void bindable(InetSocketAddress at) throws IOException {
        try (ServerSocket tcp = new ServerSocket(at.getPort(), 1, at.getAddress());
                DatagramSocket udp = new DatagramSocket(at)) {
            if (tcp.getLocalPort() != udp.getLocalPort()) {
                throw new IOException("bound " + tcp + " and " + udp.getLocalSocketAddress() + ", wanted " + at);
            }
        }
    }

    /** Whether this machine has ::1. */
    public static boolean hasIpv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
