package org.mailpulse.probe.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLSocket;
import org.mailpulse.simulator.pki.Credential;

/** Completes the handshake and then says nothing any more. */
public final class HangingInTlsPeer extends JsseSmtpPeer {
    public HangingInTlsPeer(InetSocketAddress at, Credential credential) throws IOException {
        super(at, credential, "", "");
    }

    @Override
    protected void converseInTls(SSLSocket tls) throws IOException {
        tls.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
}
