package org.mailpulse.engine;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The child's output in a file of bounded size: when it is full it becomes {@code engine.log.1}, and a new one begins. */
final class EngineLog implements AutoCloseable {
    private static final long LIMIT = 2L * 1024 * 1024;

    private final Path file;
    private Writer writer;
    private long size;

    EngineLog(Path file) throws IOException {
        this.file = file;
        open();
    }

    /** A line that cannot be written, on a full disk say, is lost: the child must not come to a stand for its log. */
    synchronized void line(String line) {
        try {
            write(line);
        } catch (IOException e) {
            size = LIMIT + 1;
        }
    }

    private void write(String line) throws IOException {
        if (size > LIMIT) {
            writer.close();
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            open();
        }
        writer.write(line);
        writer.write('\n');
        writer.flush();
        size += line.length() + 1;
    }

    private void open() throws IOException {
        writer = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(file);
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
