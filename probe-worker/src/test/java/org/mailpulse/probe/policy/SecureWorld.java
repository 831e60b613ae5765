package org.mailpulse.probe.policy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mailpulse.testbed.LoopbackBlock;
import org.mailpulse.testbed.server.Nsd;
import org.mailpulse.testbed.server.Nsd.Zone;
import org.mailpulse.testbed.server.Unbound;
import org.mailpulse.testbed.server.ZoneSigner;
import org.mailpulse.testbed.server.ZoneSigner.Signed;

/**
 * A small signed DNS from the root down, served by NSD, and a validating Unbound before it.
 *
 * <pre>
 * .                    signed
 * └ test               signed, with NSEC3 and opt-out
 *   ├ reef.test        signed; all that a test gives
 *   │ ├ _tcp.lost      signed as its parent says, but the server fails
 *   │ └ _tcp.stale     signatures expired
 *   ├ open.test        not signed
 *   ├ stale.test       signatures expired
 *   └ forged.test      signed with another key than its parent says
 * </pre>
 */
final class SecureWorld implements AutoCloseable {
    private static final String HEAD = """
            $ORIGIN %1$s.
            $TTL 60
            @ SOA ns.test. hostmaster.test. 1 3600 600 86400 60
            @ NS ns.test.
            """;
    private static final String NAME_SERVER = "ns.test. A 127.0.0.1\n";

    private final Nsd nsd;
    private final Unbound unbound;
    private final Path anchor;

    /**
     * @param reef what stands in {@code reef.test}
     * @param others what stands in each of the others
     */
    SecureWorld(LoopbackBlock block, Path folder, String reef, String others) throws IOException {
        List<Zone> zones = new ArrayList<>();
        Signed lost = ZoneSigner.sign(zone("_tcp.lost.reef.test", ""));
        Signed staleTlsa = ZoneSigner.signUntilLongAgo(zone("_tcp.stale.reef.test", "* TLSA 3 1 1 " + "0".repeat(64)));
        Signed staleZone = ZoneSigner.signUntilLongAgo(zone("stale.test", others));
        Signed forged = ZoneSigner.sign(zone("forged.test", others));
        Signed reefZone = ZoneSigner.sign(zone("reef.test", reef + cut(lost) + cut(staleTlsa)));
        Signed otherKey = ZoneSigner.sign(zone("forged.test", ""));
        Signed test = ZoneSigner.signWithOptOut(zone(
                "test", NAME_SERVER + cut(reefZone) + cut(staleZone) + cut(otherKey) + "open.test. NS ns.test.\n"));
        Signed root = ZoneSigner.sign(new Zone(".", HEAD.replace("%1$s.", ".") + cut(test) + NAME_SERVER));
        for (Signed signed : List.of(root, test, reefZone, staleTlsa, staleZone, forged)) {
            zones.add(signed.zone());
        }
        zones.add(zone("open.test", others));
        zones.add(Zone.broken("_tcp.lost.reef.test"));
        anchor = Files.writeString(folder.resolve("root.key"), root.ds() + "\n");
        nsd = Nsd.start(block.at(1), zones);
        unbound = Unbound.startValidating(block.at(2), block.at(1), root.ds());
    }

    Nsd authority() {
        return nsd;
    }

    Unbound recursor() {
        return unbound;
    }

    Path anchor() {
        return anchor;
    }

    /** Another validating resolver, at an address of its own. */
    Unbound anotherRecursor(InetSocketAddress at) throws IOException {
        return Unbound.startValidating(at, nsd.address(), Files.readString(anchor));
    }

    private static Zone zone(String origin, String text) {
        return new Zone(origin, HEAD.formatted(origin) + text + "\n");
    }

    private static String cut(Signed child) {
        return "\n" + child.zone().origin() + ". NS ns.test.\n" + child.ds() + "\n";
    }

    @Override
    public void close() {
        unbound.close();
        nsd.close();
    }
}
