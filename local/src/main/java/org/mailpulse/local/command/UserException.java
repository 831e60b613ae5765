package org.mailpulse.local.command;

import picocli.CommandLine.ExitCode;

/** Something to tell the user in one line, without a stack trace. */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private UserException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What the user gave cannot be used: exit code 2. */
    public static UserException usage(String message) {
        return new UserException(ExitCode.USAGE, message, null);
    }

    /** What the user asked for did not work out: exit code 1. */
    public static UserException failed(String message, Throwable cause) {
        return new UserException(ExitCode.SOFTWARE, message, cause);
    }

    public int exitCode() {
        return exitCode;
    }
}
