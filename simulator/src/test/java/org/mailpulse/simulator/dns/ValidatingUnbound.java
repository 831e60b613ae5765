package org.mailpulse.simulator.dns;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The real Unbound with a trust anchor and one server that it asks for everything. */
final class ValidatingUnbound implements AutoCloseable {
    private static final int MAX_START_SECONDS = 20;
    private static final int PORT_TRIES = 20;

    private final Process process;
    private final Path log;
    private final SimpleResolver resolver;

    private ValidatingUnbound(Process process, Path log, SimpleResolver resolver) {
        this.process = process;
        this.log = log;
        this.resolver = resolver;
    }

    static ValidatingUnbound start(Path folder, InetSocketAddress authority, Path trustAnchor)
            throws IOException, InterruptedException {
        Optional<Path> program = Stream.of("/usr/sbin/unbound", "/usr/local/sbin/unbound", "/usr/bin/unbound")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent() || "true".equals(System.getenv("CI")), "Unbound is not installed");
        int port = freePort();
        Path configuration = Files.writeString(
                folder.resolve("unbound.conf"), """
                server:
                  username: ""
                  chroot: ""
                  directory: "%1$s"
                  pidfile: ""
                  use-syslog: no
                  interface: 127.0.0.1@%2$d
                  num-threads: 1
                  module-config: "validator iterator"
                  trust-anchor-file: "%3$s"
                  do-not-query-localhost: no
                  # questions that the world leaves unanswered do not make the server a bad one
                  infra-keep-probing: yes
                  infra-cache-min-rtt: 1000
                  local-zone: "test." nodefault
                remote-control:
                  control-enable: no
                # a stub would follow the name server records, and these cannot tell the port
                forward-zone:
                  name: "."
                  forward-addr: 127.0.0.1@%4$d
                """.formatted(folder, port, trustAnchor, authority.getPort()));
        Path log = folder.resolve("unbound.log");
        Process process = new ProcessBuilder(program.orElseThrow().toString(), "-d", "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        SimpleResolver resolver = new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        resolver.setTimeout(Duration.ofSeconds(10));
        ValidatingUnbound unbound = new ValidatingUnbound(process, log, resolver);
        unbound.await();
        return unbound;
    }

    /** With signatures asked for, so that the answer tells whether it is secure. */
    Message ask(String name, int type) throws IOException {
        Record question = Record.newRecord(Name.fromConstantString(name + "."), type, DClass.IN);
        Message query = Message.newQuery(question);
        query.getHeader().setFlag(Flags.AD);
        return resolver.send(query);
    }

    private void await() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_START_SECONDS);
        while (true) {
            try {
                ask("xn", Type.SOA);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    close();
                    throw new IOException("Unbound does not answer: " + Files.readString(log), e);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    /** Free for both TCP and UDP. */
    private static int freePort() throws IOException {
        IOException last = null;
        for (int attempt = 0; attempt < PORT_TRIES; attempt++) {
            try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress())) {
                return udp.getLocalPort();
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
