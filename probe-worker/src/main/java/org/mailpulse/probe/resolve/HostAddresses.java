package org.mailpulse.probe.resolve;

import java.net.InetAddress;
import java.util.List;
import org.mailpulse.model.observation.AddressStatus;

/**
 * The addresses of one MX host.
 *
 * @param asked those to be probed: IPv4 first, each family in the order of its bytes, so that each look gives the same
 * @param beyond those over the cap, as far as they are recorded at all
 */
public record HostAddresses(AddressStatus status, List<InetAddress> asked, List<InetAddress> beyond) {
    public HostAddresses {
        asked = List.copyOf(asked);
        beyond = List.copyOf(beyond);
    }

    public static HostAddresses none(AddressStatus status) {
        return new HostAddresses(status, List.of(), List.of());
    }
}
