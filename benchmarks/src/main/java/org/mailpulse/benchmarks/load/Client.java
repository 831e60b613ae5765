package org.mailpulse.benchmarks.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mailpulse.benchmarks.process.Child;
import org.mailpulse.benchmarks.process.Usage;

/** A process of its own that does what it is ordered to; what it costs is read from outside. */
public final class Client implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Child process;

    private Client(Child process) {
        this.process = process;
    }

    /** @param main calls {@link #serve} */
    public static Client start(Class<?> main, String heap, List<String> arguments) throws IOException {
        return new Client(Child.start(main, heap, arguments));
    }

    /** The client's side: answers orders until nobody gives any more. */
    public static void serve(Task task) throws IOException, InterruptedException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            Run run = new Flight(task, JSON.readValue(line, Order.class)).fly();
            System.out.println("ok " + JSON.writeValueAsString(run));
        }
    }

    /** @throws IOException if the client has ended */
    public Measured run(Order order) throws IOException {
        try (PeakMemory memory = new PeakMemory(process.pid())) {
            Usage before = process.usage();
            Run run = JSON.readValue(process.ask(JSON.writeValueAsString(order)), Run.class);
            return new Measured(run, process.usage().cpu().minus(before.cpu()), memory.peakKilobytes());
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
