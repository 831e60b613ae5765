package org.mailpulse.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The folder in which the node keeps its identity and its logs. It is formatted once, under another name, and then moved
 * into place, so that a process killed on the way leaves nothing half made.
 */
final class NodeFolder {
    private NodeFolder() {}

    /** @return the formatted folder, absolute */
    static Path prepare(Path dataDir) throws IOException {
        Path folder = dataDir.toAbsolutePath().normalize();
        if (Files.exists(folder.resolve("meta.properties"))) {
            return folder;
        }
        requireUnused(folder);
        Path draft = folder.resolveSibling(folder.getFileName() + ".format");
        deleteTree(draft);
        Files.createDirectories(draft);
        format(draft);
        Files.deleteIfExists(folder);
        Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        return folder;
    }

    private static void requireUnused(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException("Kafka's folder " + folder + " is not a folder");
        }
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new IOException("Kafka's folder " + folder + " holds other files");
            }
        }
    }

    private static void format(Path folder) throws IOException {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(NodeConfig.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .run();
        } catch (Exception e) { // the signature of Formatter.run allows any
            throw new IOException("Kafka's folder " + folder + " could not be formatted: " + e.getMessage(), e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
