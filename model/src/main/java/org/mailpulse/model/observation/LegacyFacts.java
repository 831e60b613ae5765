package org.mailpulse.model.observation;

/**
 * What a server chose from a wider, older offer, after the modern one had failed. Only its first flight was read: whether
 * the handshake would have been completed is not known.
 *
 * @param version TLS 1.2 at most
 * @param cipher IANA name of the suite
 * @param group named group; null without one
 * @param dhBits size of the prime in a finite-field Diffie-Hellman exchange (DHE); 0 without one
 * @param certificate the leaf that was shown with it: nobody has proved to hold its key. Null where there was none or it
 *     could not be read, and in older records
 */
public record LegacyFacts(
        TlsVersion version,
        String cipher,
        String group,
        KeyExchange keyExchange,
        int dhBits,
        CertificateFacts certificate) {
    public LegacyFacts {
        if (version == null || cipher == null) {
            throw new IllegalArgumentException("a legacy offer was accepted, but version or cipher is missing");
        }
        keyExchange = keyExchange == null ? KeyExchange.NOT_MEASURED : keyExchange;
    }

    public LegacyFacts withCertificate(CertificateFacts shown) {
        return new LegacyFacts(version, cipher, group, keyExchange, dhBits, shown);
    }
}
