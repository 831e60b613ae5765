package org.mailpulse.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailpulse.model.Schema;

/** The folder of checkpoints, {@code <dir>/layout-<n>-method-<m>/<job id>/chk-<number>/_metadata}. */
public final class Checkpoints {
    /**
     * Raised when state of an older release can no longer be read. A job that finds no checkpoint of its own layout
     * starts at the beginning of the topics and comes to the same tables. Likewise under a new methodology: all that the topics hold is
     * judged by it, so that no survey is compared with one that was judged otherwise.
     */
    public static final String LAYOUT = "layout-2-method-" + Schema.METHOD;

    /** Flink writes it last, under another name, and then renames it: if it is there, it is whole. */
    private static final String METADATA = "_metadata";

    private Checkpoints() {}

    /**
     * The checkpoint that was completed last, by any job.
     *
     * @return what {@link JobSettings#restoreFrom} takes
     */
    public static Optional<String> newest(Path dir) {
        Path ours = dir.resolve(LAYOUT);
        if (!Files.isDirectory(ours)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(ours, 3, (path, attributes) -> path.endsWith(METADATA))) {
            return files.max(Comparator.comparing(Checkpoints::completedAt))
                    .map(metadata -> metadata.getParent().toUri().toString());
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoints in " + ours + " cannot be listed", e);
        }
    }

    static String folder(String dir) {
        return (dir.endsWith("/") ? dir : dir + "/") + LAYOUT;
    }

    private static java.nio.file.attribute.FileTime completedAt(Path metadata) {
        try {
            return Files.getLastModifiedTime(metadata);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
