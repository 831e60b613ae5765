package org.mailpulse.testbed.server;

import java.io.IOException;

/** An OpenSMTPD. It takes no mail. */
public final class OpenSmtpd implements AutoCloseable {
    private static final String PROGRAM = "/usr/sbin/smtpd";
    private static final int ROOT_UID = 0;

    private final Chroot root;
    private final ServerProcess process;

    private OpenSmtpd(Chroot root, ServerProcess process) {
        this.root = root;
        this.process = process;
    }

    /**
     * Starts it; when this returns it greets. Needs root.
     */
    public static OpenSmtpd start(Postfix.Listener listener) throws IOException {
        Chroot root = Chroot.with("opensmtpd", PROGRAM);
        try {
            root.folder("var/spool/smtpd", "rwx--x--x", ROOT_UID);
            root.folder("var/lib/opensmtpd/empty", "rwx--x--x", ROOT_UID);
            root.folder("var/run", "rwxr-xr-x", ROOT_UID);
            root.write(listener.credential(), ROOT_UID);
            root.copy(
                    "leaf.pem", "etc/ssl/certs/ca-certificates.crt"); // it wants some roots, and does not start without
            root.write("smtpd.conf", """
                    pki "leaf" cert "/leaf.pem"
                    pki "leaf" key "/leaf.key"
                    listen on %s port %d tls pki "leaf" hostname "%s"
                    action "none" relay
                    match from local for local reject
                    """.formatted(
                    listener.at().getAddress().getHostAddress(), listener.at().getPort(), listener.hostname()));
            ServerProcess process = ServerProcess.start(
                    root.path(), root.command(PROGRAM, "-d", "-f", "/smtpd.conf"), () -> Greeting.isGivenBy(listener));
            return new OpenSmtpd(root, process);
        } catch (IOException | RuntimeException e) {
            root.close();
            throw e;
        }
    }

    @Override
    public void close() {
        process.close();
        root.close();
    }
}
