package org.mailpulse.model.observation;

/** RFC 4033 §5. Bogus answers reach us as DNS errors; here they are told apart where the resolver says so. */
public enum DnssecState {
    /** No validating path to the DNS was at hand. */
    NOT_MEASURED,
    SECURE,
    INSECURE,
    BOGUS
}
