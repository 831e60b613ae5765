package org.mailpulse.testbed.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server as a child process: its output goes to a log file, and it never outlives this JVM's orderly end. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final long STOP_SECONDS = 5;

    /** Is the server at work? Asked again and again; an I/O error means "not yet". */
    @FunctionalInterface
    interface Readiness {
        boolean isReached() throws IOException;
    }

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @throws IllegalStateException with its log, if it ends or is not ready within 20 s */
    static ServerProcess start(Path folder, List<String> command, Readiness ready) throws IOException {
        Path log = folder.resolve("output.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        ServerProcess server = new ServerProcess(process, log);
        AtExit.register(server);
        try {
            server.await(command, ready);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    long pid() {
        return process.pid();
    }

    private void await(List<String> command, Readiness ready) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!isReached(ready)) {
            if (endsWithin(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IllegalStateException(command + " did not start:\n" + Files.readString(log));
            }
        }
    }

    private static boolean isReached(Readiness ready) {
        try {
            return ready.isReached();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean endsWithin(long time, TimeUnit unit) {
        try {
            return process.waitFor(time, unit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for process " + process.pid(), e);
        }
    }

    /** Asks it to end and, after 5 s, ends it and all its children. */
    @Override
    public void close() {
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.destroy();
        try {
            process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        AtExit.unregister(this);
    }

    /** Runs a program to its end. @throws IllegalStateException with its output, unless it exits with 0 within 20 s */
    static String run(List<String> command) throws IOException {
        return run(Path.of("."), command);
    }

    /** The same in a folder. */
    static String run(Path folder, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        process.onExit().orTimeout(START_LIMIT.toSeconds(), TimeUnit.SECONDS).exceptionally(late -> {
            process.destroyForcibly();
            return process;
        });
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.onExit().join().exitValue();
        if (exit != 0) {
            throw new IllegalStateException(command + " ended with " + exit + ":\n" + output);
        }
        return output;
    }
}
