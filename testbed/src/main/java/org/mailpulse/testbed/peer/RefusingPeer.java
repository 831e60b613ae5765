package org.mailpulse.testbed.peer;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Refuses at the door: 554 for good, or 421 for now; then answers whatever comes with 503 (RFC 5321 §3.1). */
public final class RefusingPeer extends SmtpPeer {
    private final String refusal;

    /** @param refusal the whole greeting, such as {@code 554 5.7.1 no mail here} */
    public RefusingPeer(InetSocketAddress at, String refusal) throws IOException {
        super(at, "refusing.invalid");
        this.refusal = refusal;
    }

    @Override
    protected String greeting() {
        return refusal;
    }

    @Override
    protected String ehlo() {
        return "503 5.5.1 said so already";
    }
}
