package org.mailpulse.probe.smtp;

/** What came is no SMTP reply. */
final class MalformedReplyException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedReplyException(String message) {
        super(message, null, false, false);
    }
}
