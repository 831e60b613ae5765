package org.mailpulse.warehouse;

import java.time.Instant;

/**
 * A handshake as it came, to be judged again some day.
 *
 * @param probedAt null where the endpoint was deliberately not probed: earlier than any moment
 * @param fingerprint of the record: decides between two of the same moment
 * @param json the bytes of the record
 */
public record ArchivedHandshake(
        String survey,
        String vantage,
        String mxHost,
        String address,
        Instant probedAt,
        long fingerprint,
        byte[] json) {}
