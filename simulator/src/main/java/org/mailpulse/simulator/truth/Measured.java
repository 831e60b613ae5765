package org.mailpulse.simulator.truth;

/** How far the prober goes; what it does not ask cannot be in its verdict. */
public enum Measured {
    /** STARTTLS, handshake and certificate; no DNSSEC, DANE, MTA-STS or TLS-RPT. */
    ENCRYPTION,
    /** All of it: bogus DNSSEC is a DNS error, and a domain can reach the level of enforcement. */
    ENFORCEMENT
}
