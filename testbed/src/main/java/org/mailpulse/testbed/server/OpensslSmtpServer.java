package org.mailpulse.testbed.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.testbed.peer.SmtpPeer;

/**
 * OpenSSL's TLS behind an SMTP front. {@code openssl s_server} knows no STARTTLS, so the plain part is spoken here, and
 * after the 220 every byte goes untouched to an s_server of the connection's own.
 */
public final class OpensslSmtpServer extends SmtpPeer {
    private final List<String> command;
    private final ScratchFolder folder;

    private OpensslSmtpServer(InetSocketAddress at, String hostname, List<String> command, ScratchFolder folder)
            throws IOException {
        super(at, hostname);
        this.command = List.copyOf(command);
        this.folder = folder;
    }

    /**
     * Starts it; when this returns it accepts.
     *
     * @param credential what it presents; null for none, which leaves only anonymous suites
     * @param options further options of s_server, such as {@code -tls1_2}
     */
    public static OpensslSmtpServer start(
            InetSocketAddress at, String hostname, Credential credential, String... options) throws IOException {
        String openssl = Program.OPENSSL.path();
        ScratchFolder folder = new ScratchFolder("openssl");
        try {
            List<String> command = new ArrayList<>(List.of(openssl, "s_server", "-naccept", "1"));
            command.addAll(identity(credential, folder));
            command.addAll(List.of(options));
            OpensslSmtpServer server = new OpensslSmtpServer(at, hostname, command, folder);
            server.open();
            return server;
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    @Override
    protected String starttls() {
        return "220 2.0.0 ready to start TLS";
    }

    @Override
    protected void afterStarttls(Socket client) throws IOException {
        try (OpensslSession session = OpensslSession.start(command, address().getAddress(), this::inTls)) {
            session.relay(client);
        }
    }

    /** The replies to the commands inside TLS. */
    private String inTls(String verb) {
        return verb.equals("EHLO") ? "250-" + hostname + "\n250 8BITMIME" : reply(verb);
    }

    @Override
    public void close() {
        super.close();
        folder.close();
    }

    private static List<String> identity(Credential credential, ScratchFolder folder) throws IOException {
        if (credential == null) {
            return List.of("-nocert");
        }
        Credential.PemFiles files = credential.writeTo(folder.path(), "leaf");
        List<String> options = new ArrayList<>(
                List.of("-key", files.key().toString(), "-cert", files.chain().toString()));
        if (credential.chain().size() > 1) {
            Path issuers = folder.write("issuers.pem", credential.issuersPem());
            options.addAll(List.of("-cert_chain", issuers.toString()));
        }
        return options;
    }
}
