package org.mailpulse.benchmarks.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.mailpulse.benchmarks.load.Client;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.resolve.NettyResolver;

/**
 * The worker's DNS client in a process of its own, on one event loop. Arguments: address and port of the name server, domains,
 * most in flight.
 */
final class DnsClientMain {
    /** Longer than any answer takes: no query is asked again, so that a datagram lost is a query lost. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private DnsClientMain() {}

    public static void main(String[] arguments) throws Exception {
        InetSocketAddress server =
                new InetSocketAddress(InetAddress.getByName(arguments[0]), Integer.parseInt(arguments[1]));
        try (Transport transport = Transport.open(1);
                NettyResolver resolver = new NettyResolver(
                        transport, List.of(server), PATIENCE, PATIENCE, Integer.parseInt(arguments[3]))) {
            Client.serve(new DnsTask(resolver, Integer.parseInt(arguments[2])));
        }
    }
}
