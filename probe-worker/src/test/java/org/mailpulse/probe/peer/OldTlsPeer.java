package org.mailpulse.probe.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Security;
import javax.net.ssl.SSLSocket;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.KeySpec;
import org.mailpulse.simulator.pki.LeafRequest;

/**
 * A STARTTLS server of one version and one suite, however old. {@link #main} serves in a JVM of its own, where TLS is
 * allowed what no JVM should be: the tests' own keeps its settings.
 */
public final class OldTlsPeer extends JsseSmtpPeer {
    private final String version;
    private final String suite;

    private OldTlsPeer(Credential credential, String version, String suite) throws IOException {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credential, "", "");
        this.version = version;
        this.suite = suite;
    }

    @Override
    protected void prepare(SSLSocket tls) {
        tls.setEnabledProtocols(new String[] {version});
        tls.setEnabledCipherSuites(new String[] {suite});
    }

    /** Serves each {@code version,suite}, prints its port, and ends when stdin does. */
    public static void main(String[] offers) throws Exception {
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
        Security.setProperty("jdk.tls.legacyAlgorithms", "");
        Credential credential =
                new CertificateForge(5).issue(LeafRequest.named("mx.old.test").withKey(KeySpec.RSA_2048));
        for (String offer : offers) {
            String[] parts = offer.split(",");
            System.out.println(new OldTlsPeer(credential, parts[0], parts[1])
                    .open()
                    .address()
                    .getPort());
        }
        System.out.flush();
        while (System.in.read() >= 0) {
            // whoever started it is still there
        }
    }
}
