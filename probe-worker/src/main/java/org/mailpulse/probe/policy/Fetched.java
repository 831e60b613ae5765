package org.mailpulse.probe.policy;

/**
 * What asking for a policy came to.
 *
 * @param body null unless the result is {@link Result#TEXT}
 */
record Fetched(Result result, String body) {
    enum Result {
        TEXT,
        /** An answer, but longer than a policy may be, or not text. */
        UNFIT,
        /** The server said something else than 200, or is not whom its certificate should name. */
        REFUSED,
        /** No answer, or one that may be another in a moment. */
        FAILED,
        /** Not asked: opted out. */
        LEFT_ALONE
    }

    static final Fetched UNFIT = new Fetched(Result.UNFIT, null);
    static final Fetched REFUSED = new Fetched(Result.REFUSED, null);
    static final Fetched FAILED = new Fetched(Result.FAILED, null);

    static final Fetched LEFT_ALONE = new Fetched(Result.LEFT_ALONE, null);

    static Fetched text(String body) {
        return new Fetched(Result.TEXT, body);
    }
}
