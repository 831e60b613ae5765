package org.mailpulse.stream.rejudge;

/** Surveys cannot be judged again, e.g. since their observations are gone; the message is one line for people. */
public final class RejudgeException extends Exception {
    private static final long serialVersionUID = 1L;

    RejudgeException(String message) {
        super(message);
    }
}
