package org.mailpulse.engine.chdb;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The functions of libchdb.so's C interface that the engine needs, under their C names. {@code size_t} is {@code long}:
 * the library exists for 64-bit Linux only.
 */
interface Chdb extends Library {
    /** {@code chdb_state} when all went well. */
    int SUCCESS = 0;

    static Chdb load(Path library) {
        return Native.load(library.toString(), Chdb.class);
    }

    /** Must come before the first connection: with the engine's own handlers the JVM's null checks and safepoints die. */
    void chdb_set_signal_handlers_enabled(int enabled);

    /** Returns the address of a connection handle, null on failure (the reason goes to stderr). */
    Pointer chdb_connect(int argc, String[] argv);

    void chdb_close_conn(Pointer connectionAddress);

    Pointer chdb_query_with_params_n(
            Pointer connection,
            byte[] query,
            long queryLength,
            byte[] format,
            long formatLength,
            Pointer parameterNames,
            Pointer parameterNameLengths,
            Pointer parameterValues,
            Pointer parameterValueLengths,
            long parameterCount);

    int chdb_classify_query_n(
            Pointer connection, byte[] sql, long sqlLength, Pointer database, long databaseLength, Analysis out);

    Pointer chdb_stream_insert_with_params_n(
            Pointer connection,
            byte[] query,
            long queryLength,
            byte[] format,
            long formatLength,
            Pointer parameterNames,
            Pointer parameterNameLengths,
            Pointer parameterValues,
            Pointer parameterValueLengths,
            long parameterCount);

    int chdb_stream_append(Pointer stream, ByteBuffer data, long length);

    Pointer chdb_stream_done(Pointer stream);

    Pointer chdb_stream_insert_error(Pointer stream);

    /** Also cancels a stream that was not finished. */
    void chdb_destroy_insert_stream(Pointer stream);

    Pointer chdb_result_buffer(Pointer result);

    long chdb_result_length(Pointer result);

    long chdb_result_storage_rows_read(Pointer result);

    long chdb_result_storage_bytes_read(Pointer result);

    long chdb_result_rows_written(Pointer result);

    long chdb_result_bytes_written(Pointer result);

    Pointer chdb_result_error(Pointer result);

    void chdb_destroy_query_result(Pointer result);

    /** {@code chdb_query_analysis_v1}. */
    @Structure.FieldOrder({"structSize", "statementCount", "flags", "queryClass"})
    class Analysis extends Structure {
        static final int READ_ONLY = 0;
        static final int UNKNOWN = 4;

        public int structSize;
        public int statementCount;
        public int flags;
        public int queryClass;

        Analysis() {
            structSize = size();
        }
    }
}
