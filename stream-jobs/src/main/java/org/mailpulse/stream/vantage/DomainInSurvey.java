package org.mailpulse.stream.vantage;

import java.util.Objects;

/** A domain in one survey, whoever looks at it. */
public record DomainInSurvey(String survey, String domain) {
    /** See {@link org.mailpulse.stream.count.DomainKey#hashCode()}. */
    @Override
    public int hashCode() {
        return Objects.hash(survey, domain);
    }
}
