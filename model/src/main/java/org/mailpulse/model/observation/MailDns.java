package org.mailpulse.model.observation;

/** What DNS says about where the mail of a domain goes. */
public enum MailDns {
    /** There are MX records, and they are more than a null MX. */
    MX,
    /** No MX, but an address: the domain itself receives the mail (RFC 5321 §5.1). */
    IMPLICIT_MX,
    /** A single MX {@code 0 .} (RFC 7505): the domain takes no mail. */
    NULL_MX,
    NXDOMAIN,
    /** Neither MX nor address. */
    NO_ADDRESS,
    /** SERVFAIL, time-out, refusal, bogus. */
    ERROR,
    /** The survey's deadline passed before any worker answered. */
    NOT_OBSERVED
}
