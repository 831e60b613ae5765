package org.mailpulse.engine.chdb;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One connection: it carries the current database and the settings, and runs one statement at a time. Use a fresh one per
 * request; after a failed statement the next result on the same connection begins with leftovers of the failed one.
 */
public final class EngineConnection implements AutoCloseable {
    private static final byte[] NO_FORMAT = "TabSeparated".getBytes(StandardCharsets.US_ASCII);

    /** Large results don't come this way, see the pipes of the HTTP interface. */
    private static final int MAX_OUTPUT = 64 * 1024 * 1024;

    private final Chdb chdb;
    private final Pointer address;
    private final Pointer handle;

    EngineConnection(Chdb chdb, Pointer address) {
        this.chdb = chdb;
        this.address = address;
        this.handle = address.getPointer(0);
    }

    /** Runs a statement that is known to give no output worth having. */
    public void execute(String sql) throws ClickHouseError {
        query(sql.getBytes(StandardCharsets.UTF_8), NO_FORMAT, Map.of());
    }

    /** Runs a statement; its output is held in memory. */
    public StatementResult query(byte[] sql, String format, Map<String, String> parameters) throws ClickHouseError {
        return query(sql, format.getBytes(StandardCharsets.UTF_8), parameters);
    }

    private StatementResult query(byte[] sql, byte[] format, Map<String, String> parameters) throws ClickHouseError {
        var p = new Parameters(parameters);
        return take(
                chdb,
                chdb.chdb_query_with_params_n(
                        handle,
                        sql,
                        sql.length,
                        format,
                        format.length,
                        p.names(),
                        p.nameLengths(),
                        p.values(),
                        p.valueLengths(),
                        p.count()));
    }

    /** Asks the engine's own parser what this text is, without running it. */
    public Classification classify(byte[] sql) {
        var analysis = new Chdb.Analysis();
        int state = chdb.chdb_classify_query_n(handle, sql, sql.length, Pointer.NULL, 0, analysis);
        if (state != Chdb.SUCCESS || analysis.queryClass == Chdb.Analysis.UNKNOWN) {
            return new Classification(0, false);
        }
        return new Classification(analysis.statementCount, analysis.queryClass == Chdb.Analysis.READ_ONLY);
    }

    /**
     * Begins an insert whose rows follow in pieces.
     *
     * @param sql the INSERT up to, and without, VALUES or FORMAT
     */
    public InsertStream insert(byte[] sql, String format, Map<String, String> parameters) throws ClickHouseError {
        var p = new Parameters(parameters);
        var formatName = format.getBytes(StandardCharsets.UTF_8);
        var stream = chdb.chdb_stream_insert_with_params_n(
                handle,
                sql,
                sql.length,
                formatName,
                formatName.length,
                p.names(),
                p.nameLengths(),
                p.values(),
                p.valueLengths(),
                p.count());
        return InsertStream.open(chdb, stream);
    }

    @Override
    public void close() {
        chdb.chdb_close_conn(address);
    }

    /** Copies a native result into Java and frees it. */
    static StatementResult take(Chdb chdb, Pointer result) throws ClickHouseError {
        if (result == null) {
            throw ClickHouseError.fromText("The engine gave no result");
        }
        try {
            var error = chdb.chdb_result_error(result);
            if (error != null) {
                throw ClickHouseError.fromText(text(error));
            }
            long length = chdb.chdb_result_length(result);
            if (length > MAX_OUTPUT) {
                throw ClickHouseError.of(
                        396, "TOO_MANY_ROWS_OR_BYTES", "Output of " + length + " bytes; at most " + MAX_OUTPUT);
            }
            var output =
                    length == 0 ? new byte[0] : chdb.chdb_result_buffer(result).getByteArray(0, (int) length);
            return new StatementResult(
                    output,
                    chdb.chdb_result_storage_rows_read(result),
                    chdb.chdb_result_storage_bytes_read(result),
                    chdb.chdb_result_rows_written(result),
                    chdb.chdb_result_bytes_written(result));
        } finally {
            chdb.chdb_destroy_query_result(result);
        }
    }

    static String text(Pointer cString) {
        return cString.getString(0, StandardCharsets.UTF_8.name());
    }

    /**
     * @param statements how many statements the text holds; 0 when it does not parse
     * @param readOnly whether it leaves no trace, as SELECT, SHOW, DESCRIBE, EXPLAIN
     */
    public record Classification(int statements, boolean readOnly) {}
}
