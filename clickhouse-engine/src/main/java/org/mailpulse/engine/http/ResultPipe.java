package org.mailpulse.engine.http;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A named pipe into which the engine writes a result while we read it. It holds 64 KiB, so the engine goes no faster than
 * the reader. The end of the result comes when the engine is done and {@link #finishWriting()} was called.
 */
final class ResultPipe implements AutoCloseable {
    private static final LibC LIB_C = Native.load("c", LibC.class);
    private static final int OWNER_ONLY = 0600;

    private final Path path;
    private final RandomAccessFile writer;
    private final FileInputStream reader;

    private ResultPipe(Path path) throws IOException {
        this.path = path;
        // Opened for reading and writing, a pipe waits for nobody; while this is open, other opens don't wait either.
        this.writer = new RandomAccessFile(path.toFile(), "rw");
        this.reader = new FileInputStream(path.toFile());
    }

    static ResultPipe create() throws IOException {
        var path = Path.of(UUID.randomUUID() + ".pipe");
        if (LIB_C.mkfifo(path.toString(), OWNER_ONLY) != 0) {
            throw new IOException("cannot make the pipe " + path + ": error " + Native.getLastError());
        }
        try {
            return new ResultPipe(path);
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Its name in the working directory, which is the engine's too; needs no quoting. */
    String name() {
        return path.toString();
    }

    InputStream reader() {
        return reader;
    }

    /** To be called once the engine has written all it will, else the reader waits for more. */
    void finishWriting() throws IOException {
        writer.close();
    }

    @Override
    public void close() throws IOException {
        writer.close();
        reader.close();
        Files.deleteIfExists(path);
    }

    private interface LibC extends Library {
        int mkfifo(String path, int mode);
    }
}
