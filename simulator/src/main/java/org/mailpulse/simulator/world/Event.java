package org.mailpulse.simulator.world;

/**
 * Something planted that the platform must reveal.
 *
 * @param survey index of the first survey that shows it
 * @param subject provider's domain, top-level domain, or country code that it is about
 * @param text one sentence for a person
 */
public record Event(int survey, Kind kind, String subject, String text) {
    public enum Kind {
        /** A hoster switches STARTTLS on for all its customers at once. */
        STARTTLS_ON,
        /** A provider's certificate is expired in this one survey. */
        CERTIFICATE_EXPIRED,
        /** All signed domains of a top-level domain whose MX hosts lie in it publish TLSA records. */
        DANE_ENFORCED,
        /** Seen from this country, STARTTLS is masked on the way. */
        STRIPPING,
        /** A provider stops offering STARTTLS. */
        FALLBACK,
        /** A provider negotiates a post-quantum hybrid. */
        POST_QUANTUM
    }
}
