package org.mailpulse.engine.http;

import org.mailpulse.engine.chdb.StatementResult;

/** The {@code X-ClickHouse-Summary} header, from which clients take their row counts. */
final class Summary {
    private Summary() {}

    static String json(StatementResult result) {
        return """
                {"read_rows":"%d","read_bytes":"%d","written_rows":"%d","written_bytes":"%d","total_rows_to_read":"0",\
                "result_rows":"%d","result_bytes":"%d"}""".formatted(
                        result.rowsRead(),
                        result.bytesRead(),
                        result.rowsWritten(),
                        result.bytesWritten(),
                        result.rowsWritten(),
                        result.bytesWritten());
    }
}
