package org.mailpulse.testbed.peer;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Advertises STARTTLS and then says that TLS is not available (RFC 3207 §4). */
public final class Starttls454Peer extends SmtpPeer {
    public Starttls454Peer(InetSocketAddress at, String hostname) throws IOException {
        super(at, hostname);
    }

    @Override
    protected String starttls() {
        return "454 4.7.0 TLS not available due to temporary reason";
    }
}
