package org.mailpulse.testbed.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Accepts and hangs up without a word. */
public final class ClosingPeer extends LoopbackPeer {
    public ClosingPeer(InetSocketAddress at) throws IOException {
        super(at);
    }

    @Override
    protected void converse(Socket client) {}
}
