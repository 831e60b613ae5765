package org.mailpulse.stream.intake;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * A record that enters no table, and why: nothing is lost in silence.
 *
 * @param subject which record: its place on the topic, or the domain and survey
 * @param detail hostile text; at most {@value #MAX_DETAIL} characters, without control characters
 */
public record Aside(Cause cause, String subject, String detail) {
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
        subject = printable(subject);
        detail = printable(detail);
    }

    private static String printable(String text) {
        String some = text == null ? "" : text.substring(0, Math.min(MAX_DETAIL, text.length()));
        return some.replaceAll("\\p{Cntrl}", "?");
    }
}
