package org.mailpulse.probe.smtp;

import java.util.List;

/**
 * One reply (RFC 5321 §4.2).
 *
 * @param code 200…599
 * @param lines the text after the code, per line; hostile
 */
record SmtpReply(int code, List<String> lines) {
    SmtpReply {
        lines = List.copyOf(lines);
    }

    boolean isTransientFailure() {
        return code / 100 == 4;
    }

    boolean isPermanentFailure() {
        return code / 100 == 5;
    }

    /** Code and first line, for a person. */
    String summary() {
        return Texts.brief(code + " " + lines.get(0));
    }
}
