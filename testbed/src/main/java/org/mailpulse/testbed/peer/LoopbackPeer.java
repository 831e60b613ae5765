package org.mailpulse.testbed.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP server in this JVM that counts who came. One thread per connection: a handful of clients is all it gets. */
public abstract class LoopbackPeer implements AutoCloseable {
    /** No conversation of a test is longer; what hangs is cut. */
    private static final int READ_TIMEOUT_MILLIS = 60_000;

    private static final int LONGEST_FAREWELL_MILLIS = 5_000;

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Thread acceptor;

    /** Listens from now on; {@link #open} starts to answer. */
    protected LoopbackPeer(InetSocketAddress at) throws IOException {
        if (!at.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("a peer of the tests listens on loopback only, not on " + at);
        }
        server = new ServerSocket(at.getPort(), 50, at.getAddress());
    }

    /** Talks to one client; on return the connection is closed. */
    protected abstract void converse(Socket client) throws IOException;

    /** Starts to answer. Apart from the constructor, so that no thread sees a half-built subclass. */
    public final LoopbackPeer open() {
        acceptor = daemon(this::acceptAll);
        return this;
    }

    /** How many connections were accepted so far. */
    public final int connections() {
        return connections.get();
    }

    public final InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** On return the address is free for another server: as long as a thread is inside accept, it is not. */
    @Override
    public void close() {
        closeQuietly(server);
        open.forEach(LoopbackPeer::closeQuietly);
        if (acceptor != null) {
            try {
                acceptor.join(LONGEST_FAREWELL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                connections.incrementAndGet();
                open.add(client);
                daemon(() -> serve(client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException("peer at " + address() + " cannot accept", e);
                }
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(READ_TIMEOUT_MILLIS);
            client.setTcpNoDelay(true);
            converse(client);
        } catch (IOException e) {
            // the client went away, as clients do
        } finally {
            open.remove(client);
        }
    }

    private Thread daemon(Runnable work) {
        Thread thread = new Thread(work, getClass().getSimpleName() + " " + address());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // closing is all that was wanted
        }
    }
}
