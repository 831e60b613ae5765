package org.mailpulse.model.observation;

/**
 * What a completed handshake negotiated, given the full modern offer.
 *
 * @param version null where the library named a version we do not know
 * @param cipher IANA or OpenSSL name of the suite
 * @param group named group of the key exchange, e.g. {@code X25519MLKEM768}; null where not measured
 * @param ocspStapled whether an OCSP response came with the certificate (RFC 6066 §8); null where none was asked for
 */
public record TlsFacts(TlsVersion version, String cipher, String group, KeyExchange keyExchange, Boolean ocspStapled) {
    public TlsFacts {
        keyExchange = keyExchange == null ? KeyExchange.NOT_MEASURED : keyExchange;
    }
}
