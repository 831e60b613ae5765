package org.mailpulse.simulator.pki;

/** The hash under the issuer's signature; an Ed25519 issuer has one of its own and ignores it. */
public enum SignatureHash {
    /** Only with an RSA issuer. */
    MD5,
    SHA1,
    SHA256,
    SHA384
}
