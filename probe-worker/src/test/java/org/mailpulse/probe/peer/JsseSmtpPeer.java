package org.mailpulse.probe.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.testbed.peer.SmtpPeer;

/** A proper STARTTLS server, but for what it is told to slip in between the 220 and the handshake. */
public class JsseSmtpPeer extends SmtpPeer {
    private static final char[] PASSWORD = "none".toCharArray();

    private final SSLContext context;
    private final String afterReply;
    private final String beforeHandshake;
    private final AtomicReference<String> sni = new AtomicReference<>();

    /**
     * @param afterReply text in the same packet as the 220; empty for none
     * @param beforeHandshake text in a packet of its own, a moment later; empty for none
     */
    public JsseSmtpPeer(InetSocketAddress at, Credential credential, String afterReply, String beforeHandshake)
            throws IOException {
        super(at, "mx.jsse.test");
        this.context = context(credential);
        this.afterReply = afterReply;
        this.beforeHandshake = beforeHandshake;
    }

    /** The server name that the last client asked for; null if it asked for none. */
    public String serverName() {
        return sni.get();
    }

    @Override
    protected String starttls() {
        return "220 go ahead" + (afterReply.isEmpty() ? "" : "\n" + afterReply);
    }

    @Override
    protected void afterStarttls(Socket client) throws IOException {
        if (!beforeHandshake.isEmpty()) {
            LockSupport.parkNanos(100_000_000);
            client.getOutputStream().write(wire(beforeHandshake));
        }
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(client, null, client.getPort(), true);
        tls.setUseClientMode(false);
        prepare(tls);
        tls.startHandshake();
        sni.set(((ExtendedSSLSession) tls.getSession())
                .getRequestedServerNames().stream()
                        .findFirst()
                        .map(SNIServerName::getEncoded)
                        .map(name -> new String(name, StandardCharsets.US_ASCII))
                        .orElse(null));
        converseInTls(tls);
    }

    /** Before the handshake. */
    protected void prepare(SSLSocket tls) {}

    protected void converseInTls(SSLSocket tls) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(tls.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String verb = verb(line);
            tls.getOutputStream()
                    .write(wire(
                            verb.equals("EHLO") ? "250-" + hostname + "\n250-SIZE 1000\n250 AUTH PLAIN" : reply(verb)));
            if (verb.equals("QUIT")) {
                return;
            }
        }
    }

    private static SSLContext context(Credential credential) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry(
                    "leaf", credential.key(), PASSWORD, credential.chain().toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS for the peer", e);
        }
    }
}
