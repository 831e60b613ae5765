package org.mailpulse.model.observation;

/** How the search for an MX host's addresses (A and AAAA) ended. */
public enum AddressStatus {
    /** At least one address. */
    FOUND,
    NXDOMAIN,
    /** The name exists, but has neither A nor AAAA. */
    NO_ADDRESS,
    /** SERVFAIL, time-out or refusal, and no address from the other question. */
    ERROR,
    /** The host is called {@code localhost} or lies under it (RFC 6761 §6.3). */
    LOCALHOST,
    /** Not looked up: beyond the number of MX hosts that are asked per domain. */
    NOT_ASKED
}
