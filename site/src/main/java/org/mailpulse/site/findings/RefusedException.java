package org.mailpulse.site.findings;

/** A request that cannot be answered as it stands. The message is one line for the visitor and may quote what was asked. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, as an HTTP status. */
    public enum Kind {
        MALFORMED(400),
        UNKNOWN(404),
        UNAVAILABLE(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private final Kind kind;

    private RefusedException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public static RefusedException malformed(String message) {
        return new RefusedException(Kind.MALFORMED, message);
    }

    public static RefusedException unknown(String message) {
        return new RefusedException(Kind.UNKNOWN, message);
    }

    public static RefusedException unavailable(String message) {
        return new RefusedException(Kind.UNAVAILABLE, message);
    }

    public Kind kind() {
        return kind;
    }
}
