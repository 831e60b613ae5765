package org.mailpulse.simulator.pki;

/** Kinds of key pair. */
public enum KeySpec {
    /** Weak, and quick to make. */
    RSA_1024("RSA", 1024),
    RSA_2048("RSA", 2048),
    EC_P256("EC", 256),
    EC_P384("EC", 384),
    /** BoringSSL serves it, but its clients do not offer the algorithm unless told to. */
    ED25519("Ed25519", 255);

    private final String algorithm;
    private final int bits;

    KeySpec(String algorithm, int bits) {
        this.algorithm = algorithm;
        this.bits = bits;
    }

    /** JCA name of the key pair generator. */
    public String algorithm() {
        return algorithm;
    }

    public int bits() {
        return bits;
    }
}
