package org.mailpulse.model.wire;

/** The three Kafka topics. Each value is one JSON record, see {@link Wire}. */
public final class Topics {
    /** {@link org.mailpulse.model.survey.Target}, key: domain. */
    public static final String TARGETS = "mailpulse.targets";
    /**
     * {@link org.mailpulse.model.observation.Observation}, key: domain; and
     * {@link org.mailpulse.model.survey.Clock} records, told apart by the header {@link #CLOCK_HEADER}.
     */
    public static final String OBSERVATIONS = "mailpulse.observations";
    /** {@link org.mailpulse.model.observation.Handshake}, key: MX host. */
    public static final String HANDSHAKES = "mailpulse.handshakes";

    /** A record of {@link #OBSERVATIONS} that bears this header, whatever its value, is a clock record. */
    public static final String CLOCK_HEADER = "mailpulse-clock";

    private Topics() {}
}
