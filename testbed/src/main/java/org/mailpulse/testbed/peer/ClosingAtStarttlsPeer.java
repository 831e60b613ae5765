package org.mailpulse.testbed.peer;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Says 220 to STARTTLS and hangs up. */
public final class ClosingAtStarttlsPeer extends SmtpPeer {
    public ClosingAtStarttlsPeer(InetSocketAddress at, String hostname) throws IOException {
        super(at, hostname);
    }

    @Override
    protected String starttls() {
        return "220 2.0.0 ready";
    }
}
