package org.mailpulse.model.observation;

import java.time.Instant;

/**
 * The compact result of one endpoint (MX host at one address), as it stands inside an {@link Observation}. The full
 * detail is a {@link Handshake}.
 *
 * @param address textual IPv4 or IPv6 address
 * @param probedAt null where nothing was sent
 * @param tls null unless the outcome is {@link Outcome#TLS_OK}, as is certificate
 * @param ehloName host name by which the server calls itself, lower-case A-labels; null where it told none, or one that is
 *     no host name, and in older records
 * @param legacyOnly as {@link Handshake#legacyOnly()}; null where not known, as in older records
 */
public record EndpointObservation(
        String address,
        Outcome outcome,
        Reason reason,
        Instant probedAt,
        TlsFacts tls,
        CertificateFacts certificate,
        DaneMatch dane,
        String ehloName,
        Boolean legacyOnly) {

    public EndpointObservation {
        if (outcome == null) {
            throw new IllegalArgumentException("endpoint " + address + " has no outcome");
        }
        reason = reason == null ? Reason.NONE : reason;
        dane = dane == null ? DaneMatch.NOT_MEASURED : dane;
        ehloName = ServerName.of(ehloName);
    }

    public static EndpointObservation skipped(String address, Reason reason) {
        return new EndpointObservation(address, Outcome.SKIPPED, reason, null, null, null, null, null, null);
    }
}
