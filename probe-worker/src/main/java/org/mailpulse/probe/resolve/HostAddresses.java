package org.mailpulse.probe.resolve;

import java.net.InetAddress;
import java.util.List;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.DnssecState;
import org.xbill.DNS.Name;

/**
 * The addresses of one MX host.
 *
 * @param asked those to be probed: IPv4 first, each family in the order of its bytes, so that each look gives the same
 * @param beyond those over the cap, as far as they are recorded at all
 * @param dnssec of the addresses and the aliases on the way to them
 * @param tlsaBases names that TLSA records may stand under, preferred first: where the addresses are secure, the end of
 *     the aliases, then the host itself (RFC 7672 §2.2.3); empty where DNSSEC does not protect them
 */
public record HostAddresses(
        AddressStatus status,
        List<InetAddress> asked,
        List<InetAddress> beyond,
        DnssecState dnssec,
        List<Name> tlsaBases) {
    public HostAddresses {
        tlsaBases = List.copyOf(tlsaBases);
        asked = List.copyOf(asked);
        beyond = List.copyOf(beyond);
    }

    static HostAddresses none(AddressStatus status) {
        return new HostAddresses(status, List.of(), List.of(), DnssecState.NOT_MEASURED, List.of());
    }

    HostAddresses withTlsaBases(List<Name> bases) {
        return new HostAddresses(status, asked, beyond, dnssec, bases);
    }
}
