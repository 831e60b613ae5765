package org.mailpulse.testbed.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Unbound as the recursive resolver between a prober and an authoritative server; it validates if it is given an anchor. */
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
        return start(at, authority, "");
    }

    /** The same, validating. @param anchor DS or DNSKEY records in zone file format */
    public static Unbound startValidating(InetSocketAddress at, InetSocketAddress authority, String anchor)
            throws IOException {
        return start(at, authority, anchor);
    }

    private static Unbound start(InetSocketAddress at, InetSocketAddress authority, String anchor) throws IOException {
        String program = Program.UNBOUND.path();
        ScratchFolder folder = new ScratchFolder("unbound");
        try {
            String text = configuration(at, authority, folder) + validation(anchor, folder);
            String configuration = folder.write("unbound.conf", text).toString();
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

    private static String validation(String anchor, ScratchFolder folder) throws IOException {
        return anchor.isEmpty()
                ? "server:\n  module-config: \"iterator\"\n"
                : "server:\n  module-config: \"validator iterator\"\n  trust-anchor-file: \"%s\"\n"
                        .formatted(folder.write("anchor.key", anchor + "\n"));
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
