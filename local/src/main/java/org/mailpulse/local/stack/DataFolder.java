package org.mailpulse.local.stack;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** All that Mail Pulse keeps on this machine, in one folder that one process uses at a time. */
public final class DataFolder implements Closeable {
    private final Path root;
    private final FileChannel channel;

    private DataFolder(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /** @throws IOException with one clear line if the folder cannot be made or is in use */
    public static DataFolder open(Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new IOException("cannot create the data folder " + root + ": " + e.getMessage(), e);
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException("cannot write to the data folder " + root, e);
        }
        if (!isLocked(channel)) {
            channel.close();
            throw new IOException("the data folder " + root + " is in use by another mailpulse");
        }
        return new DataFolder(root, channel);
    }

    /** The lock goes with the process, however it ends. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    public Path root() {
        return root;
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path clickhouse() {
        return root.resolve("clickhouse");
    }

    public Path flink() {
        return root.resolve("flink");
    }

    /** The lines of the last target list that could not be used, with their numbers and reasons. */
    public Path rejected() {
        return root.resolve("rejected.csv");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
