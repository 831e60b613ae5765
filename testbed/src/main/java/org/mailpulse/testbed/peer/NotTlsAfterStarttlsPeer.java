package org.mailpulse.testbed.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Says 220 to STARTTLS, takes the ClientHello for a command, complains in plain text and hangs up. */
public final class NotTlsAfterStarttlsPeer extends SmtpPeer {
    private static final int MAX_CLIENT_HELLO = 1 << 14;

    public NotTlsAfterStarttlsPeer(InetSocketAddress at, String hostname) throws IOException {
        super(at, hostname);
    }

    @Override
    protected String starttls() {
        return "220 2.0.0 ready";
    }

    /** Only in answer to the ClientHello: sent earlier it would be an injection, which is another fault. */
    @Override
    protected void afterStarttls(Socket client) throws IOException {
        if (client.getInputStream().read(new byte[MAX_CLIENT_HELLO]) > 0) {
            client.getOutputStream().write(wire("500 5.5.2 what did you say?"));
        }
    }
}
