package org.mailpulse.simulator.world;

import org.mailpulse.model.verdict.CertificateClass;

/** Virtue or vice of a certificate, the class it must be put in, and whether a checking sender could be satisfied. */
public enum CertificateKind {
    VALID(CertificateClass.VALID, true),
    SELF_SIGNED(CertificateClass.SELF_SIGNED, false),
    EXPIRED(CertificateClass.EXPIRED, false),
    NOT_YET_VALID(CertificateClass.NOT_YET_VALID, false),
    WRONG_NAME(CertificateClass.NAME_MISMATCH, false),
    /** {@code CN=demo.example, O=Demo}, signed by itself: as installed, never replaced. */
    DEMO(CertificateClass.SELF_SIGNED, false),
    /** The demonstration subject, but signed by the trusted authority for the right name. */
    DEMO_SUBJECT(CertificateClass.PLACEHOLDER, true),
    /** The intermediate is not sent. */
    INCOMPLETE_CHAIN(CertificateClass.UNTRUSTED, false),
    UNKNOWN_CA(CertificateClass.UNTRUSTED, false),
    RSA_1024(CertificateClass.WEAK_KEY, true),
    SHA_1(CertificateClass.WEAK_SIGNATURE, true);

    private final CertificateClass expected;
    private final boolean authenticates;

    CertificateKind(CertificateClass expected, boolean authenticates) {
        this.expected = expected;
        this.authenticates = authenticates;
    }

    public CertificateClass expected() {
        return expected;
    }

    /** Signed by an authority that the trust store knows, by way of certificates that are sent along. */
    public boolean isVouchedFor() {
        return switch (this) {
            case SELF_SIGNED, DEMO, UNKNOWN_CA, INCOMPLETE_CHAIN -> false;
            default -> true;
        };
    }

    /** Valid to the trust store, in date, and names the MX host; weak keys and odd subjects do not matter here. */
    public boolean authenticates() {
        return authenticates;
    }
}
