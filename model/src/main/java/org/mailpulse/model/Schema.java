package org.mailpulse.model;

/** Numbers that every record and row bears, so that a reader knows what it holds. */
public final class Schema {
    /** Layout of the records on the topics; raised when a field changes its meaning. */
    public static final int RECORDS = 1;

    /**
     * Version of the definitions in docs/methodology.md by which verdicts are made; raised when a definition changes.
     * Rows of older versions stay as they are; {@link org.mailpulse.model.verdict.Method} holds them all.
     */
    public static final int METHOD = 2;

    private Schema() {}
}
