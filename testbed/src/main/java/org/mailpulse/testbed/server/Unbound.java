package org.mailpulse.testbed.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Unbound as the recursive resolver between a prober and an authoritative server; without validation. */
public final class Unbound implements AutoCloseable {
    private final InetSocketAddress address;
    private final ScratchFolder folder;
    private final ServerProcess process;

    private Unbound(InetSocketAddress address, ScratchFolder folder, ServerProcess process) {
        this.address = address;
        this.folder = folder;
        this.process = process;
    }

    /** Starts it; every question goes to {@code authority}, as if that were the root and all below it. */
    public static Unbound start(InetSocketAddress at, InetSocketAddress authority) throws IOException {
        String program = Program.UNBOUND.path();
        ScratchFolder folder = new ScratchFolder("unbound");
        try {
            String configuration = folder.write("unbound.conf", configuration(at, authority, folder))
                    .toString();
            ServerProcess process = ServerProcess.start(
                    folder.path(), List.of(program, "-d", "-c", configuration), () -> DnsPing.answers(at));
            return new Unbound(at, folder, process);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        process.close();
        folder.close();
    }

    private static String configuration(InetSocketAddress at, InetSocketAddress authority, ScratchFolder folder) {
        return """
                server:
                  username: ""
                  chroot: ""
                  directory: "%5$s"
                  pidfile: ""
                  use-syslog: no
                  interface: %1$s@%2$d
                  access-control: 127.0.0.0/8 allow
                  num-threads: 1
                  module-config: "iterator"
                  do-not-query-localhost: no
                  # unless told so, it keeps these reserved names to itself
                  local-zone: "test." nodefault
                  local-zone: "invalid." nodefault
                remote-control:
                  control-enable: no
                forward-zone:
                  name: "."
                  forward-addr: %3$s@%4$d
                """.formatted(
                        at.getAddress().getHostAddress(),
                        at.getPort(),
                        authority.getAddress().getHostAddress(),
                        authority.getPort(),
                        folder.path());
    }
}
