package org.mailpulse.testbed.server;

import java.io.IOException;

/** An Exim, whose TLS is GnuTLS. It takes no mail. */
public final class Exim implements AutoCloseable {
    private static final String PROGRAM = "/usr/sbin/exim4";

    private final Chroot root;
    private final ServerProcess process;

    private Exim(Chroot root, ServerProcess process) {
        this.root = root;
        this.process = process;
    }

    /**
     * Starts it; when this returns it greets. Needs root.
     *
     * @param priority what TLS may be, as GnuTLS writes it, such as {@code NORMAL:-VERS-TLS1.3}
     */
    public static Exim start(Postfix.Listener listener, String priority) throws IOException {
        Chroot root = Chroot.with("exim", PROGRAM);
        try {
            root.folder("spool", "rwx------", Chroot.EXIM_UID);
            root.write(listener.credential(), Chroot.EXIM_UID);
            root.write("exim.conf", """
                    primary_hostname = %s
                    local_interfaces = %s
                    daemon_smtp_ports = %d
                    tls_require_ciphers = %s
                    spool_directory = /spool
                    log_file_path = /spool/%%slog
                    tls_advertise_hosts = *
                    tls_certificate = /leaf.pem
                    tls_privatekey = /leaf.key
                    tls_dhparam = historic
                    host_lookup =
                    keep_environment =
                    acl_smtp_rcpt = deny
                    """.formatted(
                            listener.hostname(),
                            listener.at().getAddress().getHostAddress(),
                            listener.at().getPort(),
                            priority));
            ServerProcess process = ServerProcess.start(
                    root.path(), root.command(PROGRAM, "-C", "/exim.conf", "-bdf"), () -> Greeting.isGivenBy(listener));
            return new Exim(root, process);
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
