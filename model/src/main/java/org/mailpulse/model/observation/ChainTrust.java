package org.mailpulse.model.observation;

/** Does a path lead from the presented chain to the trust store? Judged apart from the leaf's dates and names. */
public enum ChainTrust {
    TRUSTED,
    /** A path would need a certificate that the server did not send. */
    INCOMPLETE,
    UNTRUSTED
}
