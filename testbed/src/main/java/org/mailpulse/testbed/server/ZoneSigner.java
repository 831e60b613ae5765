package org.mailpulse.testbed.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mailpulse.testbed.server.Nsd.Zone;

/** Signs zones with the tools of ldns: one ECDSA P-256 key each, NSEC unless said otherwise. */
public final class ZoneSigner {
    private static final String ALGORITHM = "ECDSAP256SHA256";
    /** Both ends lie far enough from any day on which a test may run. */
    private static final String LONG_AGO = "20200101000000";

    private static final String LONG_HENCE = "20370101000000";
    private static final String EXPIRED = "20210101000000";

    /**
     * A zone and what its parent must say of it.
     *
     * @param ds the DS record, one line
     */
    public record Signed(Zone zone, String ds) {}

    private ZoneSigner() {}

    public static Signed sign(Zone zone) throws IOException {
        return sign(zone, LONG_HENCE, List.of());
    }

    /** As most top-level domains are: NSEC3 with opt-out (RFC 5155 §6). */
    public static Signed signWithOptOut(Zone zone) throws IOException {
        return sign(zone, LONG_HENCE, List.of("-n", "-p", "-t", "0"));
    }

    /** Its signatures were good until 2021. */
    public static Signed signUntilLongAgo(Zone zone) throws IOException {
        return sign(zone, EXPIRED, List.of());
    }

    private static Signed sign(Zone zone, String until, List<String> options) throws IOException {
        try (ScratchFolder folder = new ScratchFolder("signer")) {
            String key = ServerProcess.run(
                            folder.path(), List.of(Program.LDNS_KEYGEN.path(), "-a", ALGORITHM, "-k", zone.origin()))
                    .strip();
            Path text = folder.write("zone", zone.text());
            Path signed = folder.path().resolve("signed");
            List<String> command = new ArrayList<>(List.of(Program.LDNS_SIGNZONE.path(), "-o", zone.origin()));
            command.addAll(options);
            command.addAll(List.of("-i", LONG_AGO, "-e", until, "-f", signed.toString(), text.toString(), key));
            ServerProcess.run(folder.path(), command);
            return new Signed(
                    new Zone(zone.origin(), Files.readString(signed)),
                    Files.readString(folder.path().resolve(key + ".ds")).strip());
        }
    }
}
