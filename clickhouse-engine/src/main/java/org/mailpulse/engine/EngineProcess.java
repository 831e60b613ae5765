package org.mailpulse.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One child process, from its start to its end. */
final class EngineProcess {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final Duration TERMINATION = Duration.ofSeconds(15);

    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private EngineProcess(Process process) {
        this.process = process;
    }

    /** Starts a child; it serves only when {@link #awaitReady} says so. */
    static EngineProcess launch(EngineSettings settings, int port, EngineLog log) throws IOException {
        var arguments = List.of(
                EngineLibrary.find().toString(),
                settings.dataDir().toString(),
                String.valueOf(port),
                String.valueOf(settings.maxMemoryBytes()));
        var work = emptied(settings.dataDir().resolve("work"));
        var child = new EngineProcess(
                ChildCommand.of(work, EngineMain.class.getName(), arguments).start());
        child.readOutput(log);
        return child;
    }

    /** Removes what a predecessor left: pipes, unpacked libraries. */
    private static Path emptied(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var leftovers = Files.newDirectoryStream(folder, entry -> !Files.isDirectory(entry))) {
            for (var leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
        return folder;
    }

    private void readOutput(EngineLog log) {
        var reader = new Thread(
                () -> {
                    try (var out = process.inputReader()) {
                        for (String line = readLine(out); line != null; line = readLine(out)) {
                            understand(line);
                            log.line(line);
                        }
                    } catch (IOException e) {
                        // The child has ended, which whoever waits for it sees by itself.
                    }
                    port.completeExceptionally(new EngineException("it ended at once; its log says more"));
                },
                "clickhouse-engine-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Like BufferedReader's, but a line without end is cut into pieces. */
    private static String readLine(BufferedReader in) throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        var line = new StringBuilder();
        while (c >= 0 && c != '\n' && line.length() < LONGEST_LINE) {
            line.append((char) c);
            c = in.read();
        }
        return line.toString();
    }

    private void understand(String line) {
        if (line.startsWith(EngineMain.READY)) {
            port.complete(Integer.parseInt(line.substring(EngineMain.READY.length())));
        } else if (line.startsWith(EngineMain.FAILED)) {
            port.completeExceptionally(new EngineException(line.substring(EngineMain.FAILED.length())));
        }
    }

    /**
     * Waits until the child serves, and returns its port. If it does not come to that, it is ended.
     *
     * @throws EngineException with the reason
     */
    int awaitReady(Duration timeout) {
        try {
            return port.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            process.destroyForcibly();
            throw new EngineException(
                    "cannot start the ClickHouse engine: " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new EngineException("the ClickHouse engine did not start within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while starting the ClickHouse engine", e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits for the end; returns the exit code, 128 + n for signal n. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** SIGTERM, and SIGKILL where that does not help in time. */
    void terminate() {
        process.destroy();
        try {
            if (!process.waitFor(TERMINATION.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
