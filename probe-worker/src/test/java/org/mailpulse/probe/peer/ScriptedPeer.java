package org.mailpulse.probe.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.mailpulse.testbed.peer.SmtpPeer;

/** Says what it is told to at each step; {@code null} leaves the well-behaved default. */
public final class ScriptedPeer extends SmtpPeer {
    private final String greeting;
    private final String ehlo;
    private final String starttls;

    public ScriptedPeer(InetSocketAddress at, String greeting, String ehlo, String starttls) throws IOException {
        super(at, "mx.scripted.test");
        this.greeting = greeting;
        this.ehlo = ehlo;
        this.starttls = starttls;
    }

    @Override
    protected String greeting() {
        return greeting == null ? super.greeting() : greeting;
    }

    @Override
    protected String ehlo() {
        return ehlo == null ? super.ehlo() : ehlo;
    }

    @Override
    protected String starttls() {
        return starttls == null ? super.starttls() : starttls;
    }
}
