package org.mailpulse.testbed.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Says 220 to STARTTLS, hears the ClientHello and hangs up. */
public final class ClosingAtStarttlsPeer extends SmtpPeer {
    private static final int MAX_CLIENT_HELLO = 1 << 14;

    public ClosingAtStarttlsPeer(InetSocketAddress at, String hostname) throws IOException {
        super(at, hostname);
    }

    @Override
    protected String starttls() {
        return "220 2.0.0 ready";
    }

    /** Unread bytes would make the kernel send a reset instead of an orderly end. */
    @Override
    protected void afterStarttls(Socket client) throws IOException {
        client.getInputStream().read(new byte[MAX_CLIENT_HELLO]);
    }
}
