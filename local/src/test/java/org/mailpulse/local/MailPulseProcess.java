package org.mailpulse.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, started as {@code ./mailpulse} starts it. */
final class MailPulseProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private MailPulseProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param log receives its standard output and error */
    static MailPulseProcess start(Path log, List<String> args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx1200m",
                "-XX:+UseSerialGC",
                // It lives for seconds: the second compiler would cost more than it brings.
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                ClassPaths.mailpulse(),
                Main.class.getName()));
        command.addAll(args);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new MailPulseProcess(process, log);
    }

    /** @throws AssertionError with all that it said, unless it ends in time with this code */
    void endsWith(int exitCode, long seconds) throws IOException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("mailpulse still runs after " + seconds + " s:\n" + said());
        }
        if (process.exitValue() != exitCode) {
            throw new AssertionError("mailpulse ended with " + process.exitValue() + ":\n" + said());
        }
    }

    /** kill -9 of the process alone: what it started must notice by itself. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, which is to it what Ctrl-C is. */
    void interrupt() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String said() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
