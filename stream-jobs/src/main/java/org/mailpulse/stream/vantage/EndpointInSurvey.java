package org.mailpulse.stream.vantage;

import java.util.Objects;

/** An MX host at one address in one survey, whoever asks it. */
public record EndpointInSurvey(String survey, String mxHost, String address) {
    /** See {@link org.mailpulse.stream.count.DomainKey#hashCode()}. */
    @Override
    public int hashCode() {
        return Objects.hash(survey, mxHost, address);
    }
}
