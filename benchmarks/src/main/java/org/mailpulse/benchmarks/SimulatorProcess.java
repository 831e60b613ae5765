package org.mailpulse.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.mailpulse.simulator.SimulatorMain;

/** The simulator in a process of its own, so that what it costs is told apart from what is measured. */
final class SimulatorProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;
    private final JsonNode ready;

    private SimulatorProcess(Process process) throws IOException {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the simulator did not start");
        }
        this.ready = new JsonMapper().readTree(line);
    }

    static SimulatorProcess start(Path folder, List<String> options) throws IOException {
        List<String> command = Java.command("-Xmx512m", SimulatorMain.class);
        command.addAll(options);
        command.addAll(List.of("--dir", folder.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new SimulatorProcess(process);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** A word of the line that it wrote when it was ready. */
    String fact(String name) {
        return ready.path(name).asText();
    }

    long pid() {
        return process.pid();
    }

    /** @throws IOException with what it says, unless it says ok */
    synchronized String ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null || !answer.startsWith("ok")) {
            throw new IOException("the simulator answers: " + answer);
        }
        return answer.substring("ok".length()).strip();
    }

    /** Connections that its mail servers have accepted so far. */
    long connections() throws IOException {
        return Long.parseLong(ask("traffic").split(" ")[0]);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
