package org.mailpulse.benchmarks.survey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mailpulse.benchmarks.process.Child;
import org.mailpulse.simulator.SimulatorMain;

/** The simulator in a process of its own. */
final class SimulatorProcess implements AutoCloseable {
    private final Child process;
    private final JsonNode ready;

    private SimulatorProcess(Child process) throws IOException {
        this.process = process;
        this.ready = new JsonMapper().readTree(process.greeting());
    }

    static SimulatorProcess start(Path folder, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--dir", folder.toString()));
        return new SimulatorProcess(Child.start(SimulatorMain.class, "-Xmx512m", arguments));
    }

    /** A word of the line that it wrote when it was ready. */
    String fact(String name) {
        return ready.path(name).asText();
    }

    long pid() {
        return process.pid();
    }

    /** @throws IOException with what it says, unless it says ok */
    String ask(String command) throws IOException {
        return process.ask(command);
    }

    /** Connections that its mail servers have accepted so far. */
    long connections() throws IOException {
        return Long.parseLong(ask("traffic").split(" ")[0]);
    }

    @Override
    public void close() {
        process.close();
    }
}
