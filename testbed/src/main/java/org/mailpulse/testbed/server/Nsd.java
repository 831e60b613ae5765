package org.mailpulse.testbed.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** NSD, authoritative for the given zones and refusing all others; UDP and TCP. */
public final class Nsd implements AutoCloseable {
    /**
     * A zone.
     *
     * @param origin without trailing dot
     * @param text RFC 1035 master file, starting with its SOA; empty for a zone that is configured but cannot be loaded,
     *     which NSD answers with SERVFAIL
     */
    public record Zone(String origin, String text) {
        /** Every question in it gets SERVFAIL. */
        public static Zone broken(String origin) {
            return new Zone(origin, "");
        }
    }

    private final InetSocketAddress address;
    private final ScratchFolder folder;
    private final ServerProcess process;

    private Nsd(InetSocketAddress address, ScratchFolder folder, ServerProcess process) {
        this.address = address;
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts it; when this returns it answers.
     *
     * @throws IllegalStateException with NSD's words, if a zone that has text does not load
     */
    public static Nsd start(InetSocketAddress at, List<Zone> zones) throws IOException {
        String program = Program.NSD.path();
        ScratchFolder folder = new ScratchFolder("nsd");
        try {
            for (Zone zone : zones) {
                if (!zone.text().isEmpty()) {
                    check(zone, folder);
                }
            }
            String configuration =
                    folder.write("nsd.conf", configuration(at, zones, folder)).toString();
            ServerProcess process = ServerProcess.start(
                    folder.path(), List.of(program, "-d", "-c", configuration), () -> DnsPing.answers(at));
            return new Nsd(at, folder, process);
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

    /** NSD itself goes on without a zone that it cannot read, and would leave the test with a riddle. */
    private static void check(Zone zone, ScratchFolder folder) throws IOException {
        String file = folder.write(fileName(zone), zone.text()).toString();
        ServerProcess.run(List.of(Program.NSD_CHECKZONE.path(), zone.origin(), file));
    }

    private static String configuration(InetSocketAddress at, List<Zone> zones, ScratchFolder folder) {
        StringBuilder text =
                new StringBuilder("""
                server:
                  username: ""
                  ip-address: %1$s@%2$d
                  server-count: 1
                  # thousands of questions at once are not to be lost
                  receive-buffer-size: 4194304
                  zonesdir: "%3$s"
                  xfrdir: "%3$s"
                  xfrdfile: "%3$s/xfrd.state"
                  zonelistfile: "%3$s/zone.list"
                  pidfile: "%3$s/nsd.pid"
                  database: ""
                  # the least that RFC 6891 lets a server offer: larger answers must be fetched by TCP
                  ipv4-edns-size: 512
                  ipv6-edns-size: 512
                remote-control:
                  control-enable: no
                """.formatted(at.getAddress().getHostAddress(), at.getPort(), folder.path()));
        for (Zone zone : zones) {
            text.append("zone:\n  name: \"%s\"\n  zonefile: \"%s\"\n".formatted(zone.origin(), fileName(zone)));
        }
        return text.toString();
    }

    private static String fileName(Zone zone) {
        return zone.origin() + ".zone";
    }
}
