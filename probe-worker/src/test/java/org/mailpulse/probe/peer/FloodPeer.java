package org.mailpulse.probe.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.mailpulse.testbed.peer.LoopbackPeer;

/** Repeats the same text as fast as the client takes it. */
public final class FloodPeer extends LoopbackPeer {
    private final byte[] text;

    public FloodPeer(InetSocketAddress at, String text) throws IOException {
        super(at);
        this.text = text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    protected void converse(Socket client) throws IOException {
        while (true) {
            client.getOutputStream().write(text);
        }
    }
}
