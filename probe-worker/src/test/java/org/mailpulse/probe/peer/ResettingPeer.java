package org.mailpulse.probe.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.mailpulse.testbed.peer.LoopbackPeer;

/** Accepts and resets the connection. */
public final class ResettingPeer extends LoopbackPeer {
    public ResettingPeer(InetSocketAddress at) throws IOException {
        super(at);
    }

    @Override
    protected void converse(Socket client) throws IOException {
        client.setSoLinger(true, 0);
    }
}
