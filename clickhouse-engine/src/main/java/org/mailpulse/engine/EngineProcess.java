package org.mailpulse.engine;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One child process, from its start to its end. */
final class EngineProcess {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final long TERMINATION_SECONDS = 15;

    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private EngineProcess(Process process) {
        this.process = process;
    }

    /** Starts a child and waits until it serves. */
    static EngineProcess start(EngineSettings settings, Path library, int port, EngineLog log) {
        try {
            var work = WorkFolder.fresh(settings.dataDir());
            var child = new EngineProcess(command(settings, library, port, work).start());
            child.readOutput(log);
            child.awaitReady(settings);
            return child;
        } catch (IOException e) {
            throw new EngineException("cannot start the ClickHouse engine: " + e.getMessage(), e);
        }
    }

    private static ProcessBuilder command(EngineSettings settings, Path library, int port, Path work) {
        var javaHome = Path.of(System.getProperty("java.home"));
        var command = new ProcessBuilder(List.of(
                javaHome.resolve("bin").resolve("java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + work,
                "-Djna.tmpdir=" + work,
                "-cp",
                absolute(System.getProperty("java.class.path")),
                EngineMain.class.getName(),
                library.toString(),
                settings.dataDir().toString(),
                String.valueOf(port),
                String.valueOf(settings.maxMemoryBytes())));
        command.directory(work.toFile());
        command.redirectErrorStream(true);
        var environment = command.environment();
        // The JVM's own signal handlers stay in front of whatever the engine sets up.
        environment.merge("LD_PRELOAD", javaHome.resolve("lib/libjsig.so").toString(), (old, jsig) -> jsig + ":" + old);
        environment.put("TZ", "UTC");
        return command;
    }

    /** The child works in another folder. */
    private static String absolute(String classPath) {
        var parts = classPath.split(File.pathSeparator);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Path.of(parts[i]).toAbsolutePath().toString();
        }
        return String.join(File.pathSeparator, parts);
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
                    port.completeExceptionally(new EngineException("it ended at once; see engine.log"));
                },
                "clickhouse-engine-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Like BufferedReader's, but a line without end is cut. */
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
            port.complete(
                    Integer.parseInt(line.substring(EngineMain.READY.length()).strip()));
        } else if (line.startsWith(EngineMain.FAILED)) {
            port.completeExceptionally(new EngineException(line.substring(EngineMain.FAILED.length())));
        }
    }

    private void awaitReady(EngineSettings settings) {
        try {
            port.get(settings.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            process.destroyForcibly();
            throw new EngineException(
                    "cannot start the ClickHouse engine: " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new EngineException("the ClickHouse engine did not start within "
                    + settings.startTimeout().toSeconds() + " s; see "
                    + settings.dataDir().resolve("engine.log"));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while starting the ClickHouse engine", e);
        }
    }

    int port() {
        return port.join();
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits for the end; returns the exit code, 128 + n for signal n. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** SIGTERM, and after {@value #TERMINATION_SECONDS} s SIGKILL. */
    void terminate() {
        process.destroy();
        try {
            if (!process.waitFor(TERMINATION_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The folder in which a child works: temporary files, pipes. */
    private static final class WorkFolder {
        static Path fresh(Path dataDir) throws IOException {
            var folder = Files.createDirectories(dataDir.resolve("work"));
            try (var old = Files.newDirectoryStream(folder)) {
                for (var file : old) {
                    if (!Files.isDirectory(file)) {
                        Files.delete(file);
                    }
                }
            }
            return folder;
        }
    }
}
