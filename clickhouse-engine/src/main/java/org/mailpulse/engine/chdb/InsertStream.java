package org.mailpulse.engine.chdb;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** An INSERT under way. Nothing counts as written until {@link #finish()} returns; closing before that abandons it. */
public final class InsertStream implements AutoCloseable {
    private static final int CHUNK = 256 * 1024;

    private final Chdb chdb;
    private final Pointer stream;

    private InsertStream(Chdb chdb, Pointer stream) {
        this.chdb = chdb;
        this.stream = stream;
    }

    static InsertStream open(Chdb chdb, Pointer stream) throws ClickHouseError {
        var insert = new InsertStream(chdb, stream);
        var error = chdb.chdb_stream_insert_error(stream);
        if (error != null) {
            var reported = ClickHouseError.fromText(EngineConnection.text(error));
            insert.close();
            throw reported;
        }
        return insert;
    }

    /** Hands all of the data to the engine, no faster than it takes it. */
    public void append(InputStream data) throws IOException, ClickHouseError {
        var bytes = new byte[CHUNK];
        var direct = ByteBuffer.allocateDirect(CHUNK);
        for (int n = data.readNBytes(bytes, 0, CHUNK); n > 0; n = data.readNBytes(bytes, 0, CHUNK)) {
            direct.clear().put(bytes, 0, n).flip();
            if (chdb.chdb_stream_append(stream, direct, n) != Chdb.SUCCESS) {
                throw failure();
            }
        }
    }

    private ClickHouseError failure() throws ClickHouseError {
        var error = chdb.chdb_stream_insert_error(stream);
        if (error != null) {
            return ClickHouseError.fromText(EngineConnection.text(error));
        }
        finish();
        return ClickHouseError.fromText("The insert was refused without a reason");
    }

    /** Ends the data and commits it. */
    public StatementResult finish() throws ClickHouseError {
        return EngineConnection.take(chdb, chdb.chdb_stream_done(stream));
    }

    @Override
    public void close() {
        chdb.chdb_destroy_insert_stream(stream);
    }
}
