package org.mailpulse.stream.intake;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;
import org.mailpulse.model.wire.BadRecordException;

/**
 * A record that is counted nowhere, and why: nothing is lost in silence.
 *
 * @param place on the topic, e.g. {@code mailpulse.observations-3@1234}
 * @param survey empty where the record does not tell, as is domain
 * @param detail hostile text; at most {@value #MAX_DETAIL} characters, without control characters
 */
public record Aside(Cause cause, String place, String survey, String domain, String detail) {
    public static final int MAX_DETAIL = 300;

    public static final OutputTag<Aside> TAG = new OutputTag<>("aside", TypeInformation.of(Aside.class));

    public enum Cause {
        BAD_OBSERVATION,
        BAD_CLOCK,
        BAD_HANDSHAKE,
        /** A newer observation of a survey that has been closed. */
        LATE
    }

    public Aside {
        domain = printable(domain);
        detail = printable(detail);
    }

    static Aside bad(Cause cause, RawRecord record, BadRecordException why) {
        return new Aside(cause, record.place(), "", "", why.getMessage());
    }

    private static String printable(String text) {
        String some = text == null ? "" : text.substring(0, Math.min(MAX_DETAIL, text.length()));
        return some.replaceAll("\\p{Cntrl}", "?");
    }
}
