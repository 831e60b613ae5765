package org.mailpulse.engine.chdb;

import java.util.regex.Pattern;

/** An error that ClickHouse reported, with its number from {@code system.error_codes}-like lists (62 = syntax error …). */
public final class ClickHouseError extends Exception {
    private static final long serialVersionUID = 1L;

    /** The number for what has none of its own. */
    public static final int UNKNOWN_EXCEPTION = 1002;

    private static final Pattern CODE = Pattern.compile("Code: (\\d{1,9})\\.");

    private final int code;

    public ClickHouseError(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Reads the number out of the engine's own text, {@code Code: 62. DB::Exception: …}. */
    static ClickHouseError fromText(String text) {
        var matcher = CODE.matcher(text);
        if (!matcher.find()) {
            return new ClickHouseError(UNKNOWN_EXCEPTION, "Code: " + UNKNOWN_EXCEPTION + ". DB::Exception: " + text);
        }
        return new ClickHouseError(Integer.parseInt(matcher.group(1)), text.substring(matcher.start()));
    }

    /** An error of our own, worded as the engine words its errors. */
    public static ClickHouseError of(int code, String name, String what) {
        return new ClickHouseError(code, "Code: " + code + ". DB::Exception: " + what + ". (" + name + ")");
    }

    public int code() {
        return code;
    }
}
