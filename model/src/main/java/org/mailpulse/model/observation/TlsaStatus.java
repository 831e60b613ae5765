package org.mailpulse.model.observation;

/** The TLSA RRset at {@code _25._tcp.<mx host>}. */
public enum TlsaStatus {
    NOT_MEASURED,
    /** Securely denied, or nothing there. */
    ABSENT,
    /** Secure, and at least one record is usable for SMTP (RFC 7672 §3.1: usage DANE-TA(2) or DANE-EE(3)). */
    SECURE_USABLE,
    /** Secure, but no record is usable. */
    SECURE_UNUSABLE,
    /** DNSSEC does not protect the host's addresses (then records are not asked for) or its records: they count as absent. */
    INSECURE,
    /** SERVFAIL, time-out or bogus: a DANE sender defers mail (RFC 7672 §2.1.1). */
    ERROR
}
