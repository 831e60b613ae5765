package org.mailpulse.stream.count;

/** A domain as one vantage point sees it. */
public record DomainKey(String vantage, String domain) {
    /** The hash decides on which machine the domain lives, also after years; that of a record is not specified. */
    @Override
    public int hashCode() {
        int hash = 31 + vantage.hashCode();
        return 31 * hash + domain.hashCode();
    }
}
