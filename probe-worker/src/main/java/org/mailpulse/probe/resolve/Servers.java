package org.mailpulse.probe.resolve;

import com.google.common.net.HostAndPort;
import java.net.InetSocketAddress;
import java.util.List;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;

/** Which name servers to ask. */
public final class Servers {
    private Servers() {}

    /**
     * Reads {@code HOST[:PORT]}, an IPv6 address with a port in brackets.
     *
     * @throws IllegalArgumentException with one clear line
     */
    public static InetSocketAddress parse(String text) {
        try {
            HostAndPort server = HostAndPort.fromString(text).withDefaultPort(SimpleResolver.DEFAULT_PORT);
            InetSocketAddress address = new InetSocketAddress(server.getHost(), server.getPort());
            if (!server.getHost().isEmpty() && server.getPort() > 0 && !address.isUnresolved()) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("resolver must be HOST[:PORT], is '" + text + "'", e);
        }
        throw new IllegalArgumentException("resolver must be HOST[:PORT] of a host that is known, is '" + text + "'");
    }

    /** The servers of this machine, as {@code /etc/resolv.conf} or the like names them. */
    public static List<InetSocketAddress> ofSystem() {
        return ResolverConfig.getCurrentConfig().servers();
    }
}
