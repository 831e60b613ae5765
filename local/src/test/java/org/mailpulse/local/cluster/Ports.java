package org.mailpulse.local.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Free ports on loopback, for servers that will be away for a while and then want their port back. So not those that the
 * system gives to clients: a client that calls a dead server again and again may be given the very port that it
 * calls, connects to itself, and keeps the server from coming back.
 */
final class Ports {
    private static final Path CLIENTS = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int SPAN = 12_000;

    private final Random random = new Random();
    private final Set<Integer> given = new HashSet<>();

    int next() throws IOException {
        int firstOfClients = firstOfClients();
        while (true) {
            int port = firstOfClients - 1 - random.nextInt(Math.min(SPAN, firstOfClients - 1024));
            if (given.add(port) && isFree(port)) {
                return port;
            }
        }
    }

    /** In one gulp: of a second one the kernel would give nothing. */
    private static int firstOfClients() throws IOException {
        try (InputStream range = Files.newInputStream(CLIENTS)) {
            return Integer.parseInt(new String(range.readNBytes(64), US_ASCII).split("\\s+")[0]);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
