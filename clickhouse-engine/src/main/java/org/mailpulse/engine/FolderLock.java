package org.mailpulse.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A lock file that names its holder's process. The operating system frees it when the process ends, however it ends. */
final class FolderLock implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(50);

    /** Within one process, opening and closing a locked file a second time would free it (POSIX), so we ask here first. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock as soon as it is free, within the time given.
     *
     * @throws IOException saying in one line who has it
     */
    static FolderLock take(Path folder, String name, Duration patience) throws IOException {
        var file = Files.createDirectories(folder).toRealPath().resolve(name);
        if (!HELD.add(file)) {
            throw inUse(folder, ProcessHandle.current().pid() + " (this one)");
        }
        try {
            var lock = new FolderLock(file, locked(file, patience));
            lock.sign();
            return lock;
        } catch (IOException e) {
            HELD.remove(file);
            throw e;
        }
    }

    private static FileChannel locked(Path file, Duration patience) throws IOException {
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        long deadline = System.nanoTime() + patience.toNanos();
        while (channel.tryLock() == null) {
            if (System.nanoTime() >= deadline) {
                channel.close();
                throw inUse(file.getParent(), Files.readString(file).strip());
            }
            pause();
        }
        return channel;
    }

    private static IOException inUse(Path folder, String holder) {
        return new IOException("data folder " + folder + " is in use by process " + holder);
    }

    private void sign() throws IOException {
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a lock", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(file);
    }
}
