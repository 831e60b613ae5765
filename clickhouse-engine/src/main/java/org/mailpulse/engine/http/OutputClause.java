package org.mailpulse.engine.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A query that gives rows, and the place in it where ClickHouse's grammar takes an {@code INTO OUTFILE}.
 *
 * @param end the statement's last token ends here; comments and the semicolon lie behind
 * @param formatStart its own FORMAT clause begins here; -1 when it has none
 * @param format the format that it asks for; null when it asks for none
 */
record OutputClause(byte[] sql, int end, int formatStart, String format) {

    static OutputClause find(byte[] sql) {
        var scanner = new SqlScanner(sql, sql.length);
        int end = 0;
        int formatStart = -1;
        String format = null;
        boolean settled = false;
        while (scanner.next() && !scanner.is(";")) {
            end = scanner.end();
            if (settled) {
                continue;
            }
            // FORMAT is no reserved word: only FORMAT, a name, and then SETTINGS or the end make the clause.
            if (format != null && scanner.is("SETTINGS")) {
                settled = true;
            } else if (formatStart >= 0 && format == null && scanner.isName()) {
                format = scanner.token();
            } else {
                format = null;
                formatStart = scanner.is("FORMAT") ? scanner.start() : -1;
            }
        }
        return new OutputClause(sql, end, format == null ? -1 : formatStart, format);
    }

    Optional<String> ownFormat() {
        return Optional.ofNullable(format);
    }

    /** The query with its rows directed into a file, which must not need quoting. */
    byte[] into(String file, String defaultFormat) {
        var clause = " INTO OUTFILE '" + file + "' TRUNCATE ";
        var out = new ByteArrayOutputStream(sql.length + 200);
        if (format == null) {
            out.write(sql, 0, end);
            out.writeBytes((clause + "FORMAT " + defaultFormat).getBytes(StandardCharsets.UTF_8));
        } else {
            out.write(sql, 0, formatStart);
            out.writeBytes(clause.getBytes(StandardCharsets.UTF_8));
            out.write(sql, formatStart, end - formatStart);
        }
        return out.toByteArray();
    }
}
