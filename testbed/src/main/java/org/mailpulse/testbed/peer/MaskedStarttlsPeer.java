package org.mailpulse.testbed.peer;

import java.io.IOException;
import java.net.InetSocketAddress;

/** As seen through a middlebox that blots out the keyword on the way. */
public final class MaskedStarttlsPeer extends SmtpPeer {
    public MaskedStarttlsPeer(InetSocketAddress at, String hostname) throws IOException {
        super(at, hostname);
    }

    @Override
    protected String ehlo() {
        return "250-" + hostname + "\n250-8BITMIME\n250 XXXXXXXX";
    }
}
