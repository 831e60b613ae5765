package org.mailpulse.benchmarks.probe;

import java.nio.file.Path;
import org.mailpulse.benchmarks.load.Client;
import org.mailpulse.benchmarks.load.Task;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.tls.TlsClient;
import org.mailpulse.probe.tls.TrustStore;

/**
 * A client of the {@link Sink} in a process of its own. Arguments: {@link Kind}, addresses,
 * certificates, port, trust store.
 */
final class ProbeClient {
    private ProbeClient() {}

    public static void main(String[] arguments) throws Exception {
        Kind kind = Kind.valueOf(arguments[0]);
        int addresses = Integer.parseInt(arguments[1]);
        int certificates = Integer.parseInt(arguments[2]);
        int port = Integer.parseInt(arguments[3]);
        try (Transport transport = Transport.open();
                TlsClient tls = new TlsClient()) {
            Task task = switch (kind) {
                case WORKER, WORKER_NEW_CHAINS ->
                    new WorkerTask(
                            transport,
                            tls,
                            TrustStore.load(Path.of(arguments[4])),
                            addresses,
                            port,
                            kind == Kind.WORKER_NEW_CHAINS ? certificates : Integer.MAX_VALUE);
                case BY_ROTE, BARE -> new RoteTask(transport, addresses, port, kind.isWithSmtp());
            };
            Client.serve(task);
        }
    }
}
