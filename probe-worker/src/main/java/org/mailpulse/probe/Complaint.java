package org.mailpulse.probe;

import org.mailpulse.probe.smtp.SmtpFindings;

/** Does a server say that we come too often? Pure. */
final class Complaint {
    private Complaint() {}

    /** Whether it put us off for now (421, 450 and their like), or hung up before a word was said. */
    static boolean isIn(SmtpFindings findings) {
        return switch (findings.reason()) {
            case GREETING_REFUSED_4XX, RESET_BEFORE_GREETING, CLOSED_BEFORE_GREETING -> true;
            case EHLO_REFUSED -> startsWith(findings, "4");
            case STARTTLS_REFUSED_4XX -> startsWith(findings, "421") || startsWith(findings, "450");
            default -> false;
        };
    }

    private static boolean startsWith(SmtpFindings findings, String code) {
        return findings.detail() != null && findings.detail().startsWith(code);
    }
}
