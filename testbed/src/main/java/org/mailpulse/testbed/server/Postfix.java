package org.mailpulse.testbed.server;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.mailpulse.simulator.pki.Credential;

/**
 * A Postfix instance with configuration, queue and data of its own, next to whatever Postfix the machine runs. One
 * instance serves several listeners, each with its own name and certificate.
 */
public final class Postfix implements AutoCloseable {
    /**
     * One {@code smtpd}.
     *
     * @param hostname as told in the greeting
     * @param credential null switches TLS off
     */
    public record Listener(InetSocketAddress at, String hostname, Credential credential) {
        public static Listener withoutTls(InetSocketAddress at, String hostname) {
            return new Listener(at, hostname, null);
        }
    }

    private final ScratchFolder folder;
    private final ServerProcess process;

    private Postfix(ScratchFolder folder, ServerProcess process) {
        this.folder = folder;
        this.process = process;
    }

    /** Starts it; when this returns every listener greets. Needs root. */
    public static Postfix start(List<Listener> listeners) throws IOException {
        Program.requireRoot("Postfix");
        String postfix = Program.POSTFIX.path();
        String setsid = Program.SETSID.path();
        String master = Program.POSTFIX_MASTER.path();
        ScratchFolder folder = new ScratchFolder("postfix");
        try {
            String configuration = configure(folder, listeners).toString();
            ServerProcess.run(List.of(postfix, "-c", configuration, "check")); // makes the queue's folders
            // On SIGTERM the master signals its whole process group, which must not be ours.
            ServerProcess process = ServerProcess.start(
                    folder.path(),
                    List.of(setsid, master, "-d", "-c", configuration),
                    () -> Greeting.isGivenByAll(listeners));
            return new Postfix(folder, process);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Connections accepted so far, our own look at start-up included; from the log, so with a little delay. */
    public long connections() throws IOException {
        try (Stream<String> lines = Files.lines(folder.path().resolve("mail.log"), StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.contains("]: connect from ")).count();
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
        folder.close();
    }

    private static Path configure(ScratchFolder folder, List<Listener> listeners) throws IOException {
        Files.createDirectory(folder.path().resolve("queue"));
        Path data = Files.createDirectory(folder.path().resolve("data"));
        Files.setOwner(
                data, FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        folder.write("etc/main.cf", """
                compatibility_level = 3.6
                queue_directory = %1$s/queue
                data_directory = %1$s/data
                maillog_file = %1$s/mail.log
                maillog_file_prefixes = %1$s
                inet_protocols = all
                mynetworks_style = host
                mydestination =
                alias_maps =
                local_recipient_maps =
                smtpd_peername_lookup = no
                """.formatted(folder.path()));
        StringBuilder services = new StringBuilder("""
                tlsmgr unix - - n 1000? 1 tlsmgr
                anvil unix - - n - 1 anvil
                postlog unix-dgram n - n - 1 postlogd
                """);
        for (int number = 0; number < listeners.size(); number++) {
            services.append(service(listeners.get(number), "server" + number, folder));
        }
        return folder.write("etc/master.cf", services.toString()).getParent();
    }

    private static String service(Listener listener, String name, ScratchFolder folder) throws IOException {
        InetSocketAddress at = listener.at();
        String host = at.getAddress().getHostAddress();
        String endpoint = (at.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + at.getPort();
        return "%s inet n - n - - smtpd%n  -o myhostname=%s%n%s"
                .formatted(endpoint, listener.hostname(), tls(listener.credential(), name, folder));
    }

    private static String tls(Credential credential, String name, ScratchFolder folder) throws IOException {
        if (credential == null) {
            return "  -o smtpd_tls_security_level=none%n".formatted();
        }
        Credential.PemFiles files = credential.writeTo(folder.path(), name);
        return "  -o smtpd_tls_security_level=may%n  -o smtpd_tls_chain_files=%s,%s%n"
                .formatted(files.key(), files.chain());
    }
}
