package org.mailpulse.probe.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.mailpulse.simulator.pki.Credential;

/** Answers EHLO in one way to its first client and in another to the rest. */
public final class WaveringPeer extends JsseSmtpPeer {
    private final String first;
    private final String later;

    public WaveringPeer(InetSocketAddress at, Credential credential, String first, String later) throws IOException {
        super(at, credential, "", "");
        this.first = first;
        this.later = later;
    }

    @Override
    protected String ehlo() {
        return connections() == 1 ? first : later;
    }
}
