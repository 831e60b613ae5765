package org.mailpulse.probe;

import org.mailpulse.model.observation.Reason;

/** Does a server say that we come too often? Pure. */
final class Complaint {
    private Complaint() {}

    /** Whether it put us off for now (421, 450 and their like), or hung up before a word was said. */
    static boolean isIn(Reason reason, String detail) {
        return switch (reason) {
            case GREETING_REFUSED_4XX, RESET_BEFORE_GREETING, CLOSED_BEFORE_GREETING -> true;
            case EHLO_REFUSED -> startsWith(detail, "4");
            case STARTTLS_REFUSED_4XX -> startsWith(detail, "421") || startsWith(detail, "450");
            default -> false;
        };
    }

    private static boolean startsWith(String detail, String code) {
        return detail != null && detail.startsWith(code);
    }
}
