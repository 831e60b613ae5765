package org.mailpulse.testbed.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Says 220 to STARTTLS and goes on in plain text. */
public final class NotTlsAfterStarttlsPeer extends SmtpPeer {
    private static final byte[] PLAIN = "250 2.0.0 and now?\r\n".getBytes(StandardCharsets.US_ASCII);

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
        if (client.getInputStream().read() >= 0) {
            client.getOutputStream().write(PLAIN);
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }
}
