package org.mailpulse.probe.policy;

import org.xbill.DNS.TLSARecord;

/**
 * A TLSA record that a mail sender can use (RFC 7672 §3.1): the certificate usages that rest on public authorities,
 * 0 and 1, are not among them.
 *
 * @param data digest, or certificate or public key in DER
 */
record Tlsa(Usage usage, Selector selector, Matching matching, byte[] data) {
    enum Usage {
        /** 2: a trust anchor in the chain. */
        DANE_TA,
        /** 3: the server's own certificate. */
        DANE_EE
    }

    enum Selector {
        CERTIFICATE,
        PUBLIC_KEY
    }

    enum Matching {
        FULL,
        SHA_256,
        SHA_512
    }

    private static final int SHA_256_BYTES = 32;
    private static final int SHA_512_BYTES = 64;

    /** @return null if a mail sender cannot use it */
    static Tlsa of(TLSARecord record) {
        Usage usage = switch (record.getCertificateUsage()) {
            case 2 -> Usage.DANE_TA;
            case 3 -> Usage.DANE_EE;
            default -> null;
        };
        Selector selector = switch (record.getSelector()) {
            case 0 -> Selector.CERTIFICATE;
            case 1 -> Selector.PUBLIC_KEY;
            default -> null;
        };
        Matching matching = switch (record.getMatchingType()) {
            case 0 -> Matching.FULL;
            case 1 -> Matching.SHA_256;
            case 2 -> Matching.SHA_512;
            default -> null;
        };
        byte[] data = record.getCertificateAssociationData();
        if (usage == null || selector == null || matching == null || !fits(matching, data)) {
            return null;
        }
        return new Tlsa(usage, selector, matching, data);
    }

    /** A digest of the wrong length can match nothing. */
    private static boolean fits(Matching matching, byte[] data) {
        return switch (matching) {
            case FULL -> data.length > 0;
            case SHA_256 -> data.length == SHA_256_BYTES;
            case SHA_512 -> data.length == SHA_512_BYTES;
        };
    }
}
