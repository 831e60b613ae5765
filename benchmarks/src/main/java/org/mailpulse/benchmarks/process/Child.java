package org.mailpulse.benchmarks.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A part in a process of its own, so that what it costs is told apart from the rest. It says a line when it is ready, then
 * answers each line with one that starts with {@code ok}, and ends with its standard input.
 */
public final class Child implements AutoCloseable {
    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final String name;
    private final BufferedReader answers;
    private final BufferedWriter commands;
    private final String greeting;

    private Child(Process process, String name) throws IOException {
        this.process = process;
        this.name = name;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.greeting = answers.readLine();
        if (greeting == null) {
            throw new IOException(name + " did not start");
        }
    }

    /** @param heap e.g. {@code -Xmx512m} */
    public static Child start(Class<?> main, String heap, List<String> arguments) throws IOException {
        return start(main, List.of(heap, "-XX:+UseSerialGC"), arguments);
    }

    /** @param options of the JVM, heap and collector among them */
    public static Child start(Class<?> main, List<String> options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(Java.command(options, main));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // where the benchmark is broken off
        try {
            return new Child(process, main.getSimpleName());
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The line that it wrote when it was ready. */
    public String greeting() {
        return greeting;
    }

    public long pid() {
        return process.pid();
    }

    public Usage usage() {
        return Usage.of(process.pid());
    }

    /**
     * @return what it says beside ok
     * @throws IOException with what it says, unless it says ok
     */
    public synchronized String ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null || !answer.startsWith("ok")) {
            throw new IOException(name + " answers: " + answer);
        }
        return answer.substring("ok".length()).strip();
    }

    /** Waits for its end, so that what it has cost is not counted for another. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
