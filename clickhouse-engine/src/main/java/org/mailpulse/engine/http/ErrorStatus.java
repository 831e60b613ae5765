package org.mailpulse.engine.http;

/** The HTTP status that ClickHouse gives an error; the exact reason is the code in the header and the text. */
final class ErrorStatus {
    private ErrorStatus() {}

    static int of(int code) {
        return switch (code) {
            case 6, 25, 26, 27, 36, 38, 41, 42, 43, 53, 62, 69, 70, 72, 73, 117, 456 -> 400;
            case 164, 291, 497 -> 403;
            case 16, 46, 47, 50, 60, 81, 115, 218 -> 404;
            case 48 -> 501;
            default -> 500;
        };
    }
}
