package org.mailpulse.survey.targets;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The file {@code line,reason,raw} of lines that are not targets; not there where there are none. */
final class RejectedLines implements AutoCloseable {
    private final Path file;
    private CSVPrinter printer;
    private long count;
    private String first;

    RejectedLines(Path file) throws IOException {
        this.file = file;
        Files.deleteIfExists(file); // of an earlier list
    }

    void add(long line, Rejection reason, String raw) throws IOException {
        if (printer == null) {
            printer = open();
            first = "line " + line + ": " + reason.text();
        }
        count++;
        printer.printRecord(line, reason.text(), Excerpt.of(raw));
    }

    long count() {
        return count;
    }

    /** Line and reason; null where there are none. */
    String first() {
        return first;
    }

    private CSVPrinter open() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        BufferedWriter writer = Files.newBufferedWriter(file);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setRecordSeparator('\n')
                .setHeader("line", "reason", "raw")
                .get();
        return new CSVPrinter(writer, format);
    }

    @Override
    public void close() throws IOException {
        if (printer != null) {
            printer.close();
        }
    }
}
