package org.mailpulse.testbed.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Accepts and says nothing, until the client goes. */
public final class SilentPeer extends LoopbackPeer {
    public SilentPeer(InetSocketAddress at) throws IOException {
        super(at);
    }

    @Override
    protected void converse(Socket client) throws IOException {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
}
