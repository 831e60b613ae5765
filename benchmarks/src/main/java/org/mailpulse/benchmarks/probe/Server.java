package org.mailpulse.benchmarks.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mailpulse.benchmarks.load.Client;
import org.mailpulse.benchmarks.process.Child;

/** The {@link Sink} in a process of its own, and clients of it in theirs. */
record Server(Child process, int addresses, int certificates, int smtpPort, int tlsPort, Path trustStore)
        implements AutoCloseable {
    private static final String HEAP = "-Xmx1g";

    static Server start(int addresses, int certificates, Path folder) throws IOException {
        Path trustStore = folder.resolve("trust.pem");
        Child process =
                Child.start(Sink.class, HEAP, List.of("" + addresses, "" + certificates, trustStore.toString()));
        String[] ready = process.greeting().split(" ");
        return new Server(
                process, addresses, certificates, Integer.parseInt(ready[1]), Integer.parseInt(ready[2]), trustStore);
    }

    Client client(Kind kind) throws IOException {
        int port = kind.isWithSmtp() ? smtpPort : tlsPort;
        return Client.start(
                ProbeClient.class,
                HEAP,
                List.of(kind.name(), "" + addresses, "" + certificates, "" + port, trustStore.toString()));
    }

    /** From the next connection on. */
    void delay(Delay delay) throws IOException {
        process.ask(delay.at() + " " + delay.millis());
    }

    @Override
    public void close() {
        process.close();
    }
}
