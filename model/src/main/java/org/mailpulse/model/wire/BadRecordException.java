package org.mailpulse.model.wire;

/** Bytes on a topic that are not what the topic holds. Such a record is counted and set aside, never a reason to stop. */
public final class BadRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    public BadRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
