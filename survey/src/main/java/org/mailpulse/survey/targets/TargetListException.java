package org.mailpulse.survey.targets;

/** A target list that cannot be used at all. The message is one line for the person who gave it. */
public final class TargetListException extends Exception {
    private static final long serialVersionUID = 1L;

    TargetListException(String message) {
        super(message);
    }

    TargetListException(String message, Throwable cause) {
        super(message, cause);
    }
}
