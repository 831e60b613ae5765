package org.mailpulse.warehouse;

import java.time.Instant;

/**
 * An observation as it came, to be judged again some day.
 *
 * @param fingerprint of the record: decides between two of the same moment
 * @param json the bytes of the record
 */
public record ArchivedObservation(
        String survey, String vantage, String domain, Instant observedAt, long fingerprint, byte[] json) {}
