package org.mailpulse.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mailpulse.testbed.peer.LoopbackPeer;

/**
 * A way to mail servers on which somebody removes STARTTLS from their capabilities: at each server's address it listens
 * at another port, and passes on everything else as it comes.
 */
final class StrippingWay implements AutoCloseable {
    private static final int PORT_TRIES = 20;

    private final List<Relay> relays = new ArrayList<>();

    private StrippingWay() {}

    static StrippingWay to(List<InetAddress> servers, int serverPort) throws IOException {
        for (int tries = 1; ; tries++) {
            StrippingWay way = new StrippingWay();
            try {
                for (InetAddress server : servers) {
                    int port = way.relays.isEmpty() ? 0 : way.port();
                    Relay relay = new Relay(new InetSocketAddress(server, port), serverPort);
                    way.relays.add(relay);
                    relay.open();
                }
                return way;
            } catch (IOException e) {
                way.close();
                if (tries == PORT_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** The same at every address. */
    int port() {
        return relays.get(0).address().getPort();
    }

    @Override
    public void close() {
        relays.forEach(Relay::close);
    }

    private static final class Relay extends LoopbackPeer {
        private final int serverPort;

        Relay(InetSocketAddress at, int serverPort) throws IOException {
            super(at);
            this.serverPort = serverPort;
        }

        @Override
        protected void converse(Socket client) throws IOException {
            try (Socket server = new Socket(address().getAddress(), serverPort)) {
                Thread upwards = new Thread(() -> pass(client, server), "relay");
                upwards.setDaemon(true);
                upwards.start();
                strip(server.getInputStream(), client.getOutputStream());
            }
        }

        private static void pass(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
                to.shutdownOutput();
            } catch (IOException e) {
                // one of them has gone; the other side notices
            }
        }

        /** A line of capabilities is only passed on when it is whole. */
        private static void strip(InputStream from, OutputStream to) throws IOException {
            byte[] buffer = new byte[8192];
            String held = "";
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                String text = held + new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                int whole = text.lastIndexOf('\n') + 1;
                boolean capability = text.startsWith("250", whole);
                held = capability ? text.substring(whole) : "";
                String ready = capability ? text.substring(0, whole) : text;
                to.write(ready.replaceAll("(?m)^250-STARTTLS\r\n", "")
                        .replaceAll("(?m)^250 STARTTLS\r\n", "250 HELP\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
                to.flush();
            }
            to.write(held.getBytes(StandardCharsets.ISO_8859_1));
            to.flush();
        }
    }
}
