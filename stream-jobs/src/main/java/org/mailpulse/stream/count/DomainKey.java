package org.mailpulse.stream.count;

import java.util.Objects;

/** A domain as one vantage point sees it. */
public record DomainKey(String vantage, String domain) {
    /** The hash decides on which machine the domain lives, also after years; that of a record is not specified. */
    @Override
    public int hashCode() {
        return Objects.hash(vantage, domain);
    }
}
