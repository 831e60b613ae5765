package org.mailpulse.probe.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;
import org.mailpulse.testbed.peer.SmtpPeer;

/** Answers the ClientHello with the bytes it is told to, and then waits for the client to go. */
public final class RawTlsPeer extends SmtpPeer {
    private final byte[] answer;

    /** @param answer hexadecimal; empty to say nothing */
    public RawTlsPeer(InetSocketAddress at, String answer) throws IOException {
        super(at, "mx.raw.test");
        this.answer = HexFormat.of().parseHex(answer);
    }

    @Override
    protected String starttls() {
        return "220 ready";
    }

    @Override
    protected void afterStarttls(Socket client) throws IOException {
        if (client.getInputStream().read() >= 0) {
            client.getOutputStream().write(answer);
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }
}
