package org.mailpulse.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka node, broker and controller in one (KRaft), that lives in this process and listens on 127.0.0.1 only. It asks
 * nobody for a password, so it must not be reachable from elsewhere. What was acknowledged survives a kill of the
 * process, not a loss of power: as Kafka does everywhere, it leaves flushing to the operating system.
 */
public final class Broker implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    /** Somebody may take a port between our choosing and Kafka's binding it. */
    private static final int ATTEMPTS_WITH_CHOSEN_PORT = 3;

    static {
        // Kafka ends the whole process when it meets a fault; in here that would take its host down with it.
        Exit.setExitProcedure(Broker::refuseToExit);
        Exit.setHaltProcedure(Broker::refuseToExit);
    }

    private final KafkaRaftServer server;
    private final int port;
    private boolean closed;

    private Broker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the node and returns when it answers; some seconds when cold.
     *
     * @param dataDir of this node alone; made and formatted where it does not exist
     * @param port 1…65535 on 127.0.0.1, or 0 for any that is free
     * @throws IOException with one line that says why: the port or the folder is in use, or Kafka's own reason
     */
    public static Broker start(Path dataDir, int port) throws IOException {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0 to 65535, is " + port);
        }
        if (port != 0) {
            requireFree(port);
        }
        Path formatted = NodeFolder.prepare(dataDir);
        int attempts = port == 0 ? ATTEMPTS_WITH_CHOSEN_PORT : 1;
        while (true) {
            int brokerPort = port == 0 ? freePort() : port;
            try {
                return start(formatted, brokerPort, freePort());
            } catch (IOException e) {
                attempts--;
                if (attempts == 0 || !isBindFailure(e)) {
                    throw e;
                }
            }
        }
    }

    /** Host and port for {@code bootstrap.servers}. */
    public String bootstrap() {
        return LOOPBACK.getHostAddress() + ":" + port;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private static Broker start(Path folder, int brokerPort, int controllerPort) throws IOException {
        KafkaRaftServer server = null;
        try {
            KafkaConfig config = new KafkaConfig(NodeConfig.of(folder, brokerPort, controllerPort));
            server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            return new Broker(server, brokerPort);
        } catch (RuntimeException e) {
            if (server != null) {
                server.shutdown();
            }
            throw new IOException(explain(folder, e), e);
        }
    }

    private static String explain(Path folder, RuntimeException e) {
        Throwable root = root(e);
        String text = root.getMessage() == null
                ? root.toString()
                : root.getMessage().lines().findFirst().orElse("");
        if (text.startsWith("Failed to acquire lock")) {
            return "Kafka's folder " + folder + " is in use by another process";
        }
        return "Kafka did not start in " + folder + ": " + text;
    }

    private static boolean isBindFailure(Throwable e) {
        return root(e) instanceof java.net.BindException;
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static void requireFree(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true); // a port that only lingers after a crash is free
            probe.bind(new InetSocketAddress(LOOPBACK, port));
        } catch (IOException e) {
            throw new IOException("port " + port + " on " + LOOPBACK.getHostAddress() + " is in use", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, LOOPBACK)) {
            return probe.getLocalPort();
        }
    }

    private static void refuseToExit(int status, String message) {
        throw new IllegalStateException("Kafka met a fault and wanted to end the process (status " + status + ")"
                + (message == null ? "" : ": " + message));
    }
}
