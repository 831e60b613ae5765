package org.mailpulse.survey.coordinator;

/** The survey cannot be taken under these circumstances. The message is one line for the person who wants it. */
public final class CoordinatorException extends Exception {
    private static final long serialVersionUID = 1L;

    CoordinatorException(String message) {
        super(message);
    }
}
