package org.mailpulse.probe.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;
import org.mailpulse.testbed.peer.LoopbackPeer;

/** Greets one byte at a time, never to an end. */
public final class TarpitPeer extends LoopbackPeer {
    private static final long PAUSE_NANOS = 50_000_000;

    public TarpitPeer(InetSocketAddress at) throws IOException {
        super(at);
    }

    @Override
    protected void converse(Socket client) throws IOException {
        byte[] drops = "220-patience is a virtue ".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int i = 0; ; i = (i + 1) % drops.length) {
            client.getOutputStream().write(drops[i]);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
