package org.mailpulse.model.observation;

/** Class of the key exchange; the natural order is the order of strength, with the unmeasured first. */
public enum KeyExchange {
    NOT_MEASURED,
    /** Static RSA: no forward secrecy. */
    RSA,
    DHE,
    ECDHE,
    /** Hybrid of a classical and a post-quantum exchange, e.g. X25519MLKEM768. */
    HYBRID_PQ;

    /** Whether a recorded exchange stays secret when the server's key gets known later. */
    public boolean hasForwardSecrecy() {
        return compareTo(DHE) >= 0;
    }
}
