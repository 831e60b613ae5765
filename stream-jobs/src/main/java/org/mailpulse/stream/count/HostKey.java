package org.mailpulse.stream.count;

import java.util.Objects;

/** One endpoint in one survey, as one vantage point sees it. */
public record HostKey(String survey, String vantage, String mxHost, String address) {
    /** See {@link DomainKey#hashCode()}. */
    @Override
    public int hashCode() {
        return Objects.hash(survey, vantage, mxHost, address);
    }
}
