package org.mailpulse.testbed.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers every connection with something that is not SMTP. */
public final class GarbagePeer extends LoopbackPeer {
    private static final byte[] NOT_SMTP = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n\u0000\u0007\u007f\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    public GarbagePeer(InetSocketAddress at) throws IOException {
        super(at);
    }

    @Override
    protected void converse(Socket client) throws IOException {
        client.getOutputStream().write(NOT_SMTP);
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
}
