package org.mailpulse.engine.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.mailpulse.engine.chdb.ClickHouseError;

/** The beginning of a request's text, read as far as it takes to tell the statement from its data. */
final class StatementStart {
    /** For SQL without its data. ClickHouse itself stops at 256 KiB unless told otherwise. */
    private static final int MAX_STATEMENT = 16 * 1024 * 1024;

    private static final int FIRST_LOOK = 64 * 1024;

    private final byte[] bytes;
    private final int length;
    private final InsertHead head;

    private StatementStart(byte[] bytes, int length, InsertHead head) {
        this.bytes = bytes;
        this.length = length;
        this.head = head;
    }

    /** Reads on until the data begin or, where there are none, to the end. */
    static StatementStart read(InputStream text) throws IOException, ClickHouseError {
        var buffer = new byte[FIRST_LOOK];
        int length = 0;
        while (true) {
            length += text.readNBytes(buffer, length, buffer.length - length);
            boolean complete = length < buffer.length;
            var head = InsertHead.find(buffer, length, complete);
            if (complete || head.kind() == InsertHead.Kind.WITH_DATA) {
                return new StatementStart(buffer, length, head);
            }
            if (length >= MAX_STATEMENT) {
                throw ClickHouseError.of(62, "SYNTAX_ERROR", "SQL of more than " + MAX_STATEMENT + " bytes");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 4);
        }
    }

    /** Whether this is an INSERT whose data follow the statement. */
    boolean hasData() {
        return head.kind() == InsertHead.Kind.WITH_DATA;
    }

    /** The SQL, for an INSERT with data up to VALUES or FORMAT. */
    byte[] statement() {
        return Arrays.copyOf(bytes, hasData() ? head.statementEnd() : length);
    }

    /** The data's format. */
    String format() {
        return head.format();
    }

    /** The data that were read along with the statement. */
    InputStream data() {
        return new ByteArrayInputStream(bytes, head.dataStart(), length - head.dataStart());
    }
}
