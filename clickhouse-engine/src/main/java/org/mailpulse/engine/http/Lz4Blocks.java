package org.mailpulse.engine.http;

import com.clickhouse.data.stream.Lz4InputStream;
import com.clickhouse.data.stream.Lz4OutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/** ClickHouse's own compressed blocks: a checksum, two lengths, LZ4. */
@SuppressWarnings("deprecation") // the driver's newer classes for this are internal to it
final class Lz4Blocks {
    private static final int BLOCK = 64 * 1024;

    private Lz4Blocks() {}

    static InputStream decompressed(InputStream blocks) {
        return new Lz4InputStream(blocks);
    }

    /** Close it to write the last block. */
    static OutputStream compressed(OutputStream out) {
        return new Lz4OutputStream(out, BLOCK, null);
    }
}
