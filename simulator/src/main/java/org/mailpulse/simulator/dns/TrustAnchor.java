package org.mailpulse.simulator.dns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xbill.DNS.Name;

/** What a validator must be given to believe the simulated root, and nothing of the real Internet. */
public final class TrustAnchor {
    private TrustAnchor() {}

    /** Writes the root's DS record as a zone file. */
    public static void write(long seed, Path file) throws IOException {
        Files.writeString(file, new ZoneKeys(seed).ds(Name.root) + "\n");
    }
}
