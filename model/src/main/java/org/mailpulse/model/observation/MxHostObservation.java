package org.mailpulse.model.observation;

import java.util.List;

/**
 * One MX host of a domain and its endpoints.
 *
 * @param host A-labels, lower case, no trailing dot
 * @param preference 0…65535, the lower the more preferred (RFC 5321 §5.1); 0 for an implicit MX
 */
public record MxHostObservation(
        String host, int preference, AddressStatus addresses, TlsaStatus tlsa, List<EndpointObservation> endpoints) {

    public MxHostObservation {
        if (host == null || addresses == null) {
            throw new IllegalArgumentException("MX host '" + host + "' without name or address status");
        }
        tlsa = tlsa == null ? TlsaStatus.NOT_MEASURED : tlsa;
        endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
    }

    public MxHostObservation withEndpoints(List<EndpointObservation> others) {
        return new MxHostObservation(host, preference, addresses, tlsa, others);
    }
}
