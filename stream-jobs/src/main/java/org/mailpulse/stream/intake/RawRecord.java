package org.mailpulse.stream.intake;

/**
 * A record as it lies on a topic, not yet understood.
 *
 * @param value JSON, or null for an empty record
 * @param clock it bears the header of clock records
 */
public record RawRecord(String topic, int partition, long offset, byte[] value, boolean clock) {

    /** Where it lies, e.g. {@code mailpulse.observations-3@1234}. */
    public String place() {
        return topic + "-" + partition + "@" + offset;
    }
}
