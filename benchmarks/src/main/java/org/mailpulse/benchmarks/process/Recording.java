package org.mailpulse.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import one.convert.Arguments;
import one.convert.JfrToFlame;

/** What a child does with its time, recorded by its JVM while it runs, and drawn when it has ended. */
public final class Recording {
    private final Path file;

    /** @param file to be written by the child when it ends */
    public Recording(Path file) {
        this.file = file;
    }

    /** For the child's JVM. */
    public List<String> options() {
        return List.of(
                "-XX:FlightRecorderOptions=stackdepth=128",
                "-XX:StartFlightRecording=filename=" + file + ",settings=profile");
    }

    /**
     * Writes a flame graph: Java code, by thread.
     *
     * @param from what was done before is left out
     * @throws IOException if the child has recorded nothing, or the page cannot be written
     */
    public void draw(Path page, String title, Instant from) throws IOException {
        Files.createDirectories(page.toAbsolutePath().getParent());
        Arguments how = new Arguments("--threads", "--norm", "--dot", "--title", title);
        how.from = from.toEpochMilli();
        JfrToFlame.convert(file.toString(), page.toString(), how);
    }
}
