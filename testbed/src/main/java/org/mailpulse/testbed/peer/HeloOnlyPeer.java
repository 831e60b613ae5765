package org.mailpulse.testbed.peer;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Older than ESMTP: does not know EHLO. */
public final class HeloOnlyPeer extends SmtpPeer {
    public HeloOnlyPeer(InetSocketAddress at, String hostname) throws IOException {
        super(at, hostname);
    }

    @Override
    protected String ehlo() {
        return "502 5.5.1 unknown command";
    }
}
