package org.mailpulse.testbed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.testbed.server.Nsd;
import org.mailpulse.testbed.server.ScratchFolder;

/**
 * NSD with zones of some eighty domains, and behind their MX records Postfix, OpenSSL and a few nasty peers, all on
 * loopback addresses of the laboratory's own; with them the rows that a survey must come to.
 *
 * <pre>{@code
 * try (MailLab lab = MailLab.start()) {
 *     // --resolver lab.resolverOption() --smtp-port lab.smtpPort() --trust-store lab.trustStore()
 *     //   with --allow-private:    --targets lab.open().targets()    must give lab.open().domains() and .hosts()
 *     //   without --allow-private: --targets lab.blocked().targets() must give lab.blocked()…, and no connection
 * }
 * }</pre>
 *
 * One peer never greets, so a survey lasts at least as long as its greeting time-out.
 */
public final class MailLab implements AutoCloseable {
    private static final int NAME_SERVER = 1;
    private static final long SEED = 2026;

    /** Lines of targets.csv: no domain, blanks in it, a label of 64 characters, not UTF-8. */
    private static final List<Integer> REJECTED_LINES = List.of(24, 33, 50, 70);

    private final LoopbackBlock block;
    private final LabServers servers;
    private final Nsd nsd;
    private final Path trustStore;
    private final Scenario open;
    private final Scenario blocked;

    private MailLab(LoopbackBlock block, LabServers servers, CertificateForge forge, boolean ipv6) throws IOException {
        this.block = block;
        this.servers = servers;
        LabFiles files = new LabFiles(variables(block, servers), ipv6);
        Path folder = servers.closeLater(new ScratchFolder("lab")).path();
        trustStore = forge.writeTrustStore(folder.resolve("trust-store.pem"));
        open = scenario(files, folder, "", REJECTED_LINES);
        blocked = scenario(files, folder, "blocked-", List.of());
        nsd = servers.closeLater(Nsd.start(block.at(NAME_SERVER), files.zones()));
    }

    /** Starts everything, which takes a few seconds; when this returns all servers answer. */
    public static MailLab start() throws IOException {
        boolean ipv6 = LoopbackBlock.hasIpv6();
        if (!ipv6) {
            System.err.println("MailLab: this machine has no ::1; the domains with IPv6 are left out");
        }
        LoopbackBlock block = LoopbackBlock.claim(LabServers.ADDRESSES);
        CertificateForge forge = new CertificateForge(SEED);
        LabServers servers = LabServers.start(block, forge, ipv6);
        try {
            return new MailLab(block, servers, forge, ipv6);
        } catch (IOException | RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /** The authoritative name server. */
    public InetSocketAddress resolver() {
        return nsd.address();
    }

    /** The same in the form of {@code --resolver}. */
    public String resolverOption() {
        return resolver().getAddress().getHostAddress() + ":" + resolver().getPort();
    }

    public int smtpPort() {
        return block.port();
    }

    /** PEM file with the root of the test CA. */
    public Path trustStore() {
        return trustStore;
    }

    /** The survey with {@code --allow-private}. All addresses in it are loopback. */
    public Scenario open() {
        return open;
    }

    /**
     * The survey without {@code --allow-private}. <b>Never survey it with that option</b>: it holds addresses of private
     * networks that may exist.
     */
    public Scenario blocked() {
        return blocked;
    }

    /** TCP connections that all the mail servers together have accepted so far. */
    public long connections() throws IOException {
        return servers.connections();
    }

    @Override
    public void close() {
        servers.close();
    }

    private static Scenario scenario(LabFiles files, Path folder, String prefix, List<Integer> rejectedLines)
            throws IOException {
        Path targets = folder.resolve(prefix + "targets.csv");
        Files.write(targets, files.bytes(prefix + "targets.csv"));
        return new Scenario(
                targets, files.rows(prefix + "domains.csv"), files.rows(prefix + "hosts.csv"), rejectedLines);
    }

    private static Map<String, String> variables(LoopbackBlock block, LabServers servers) {
        Map<String, String> variables = new TreeMap<>(Map.of("net", block.prefix(), "bad byte", "\u00e9"));
        servers.credentials().forEach((number, credential) -> variables.put("sha256 " + number, sha256(credential)));
        return variables;
    }

    private static String sha256(Credential credential) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(credential.leaf().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no fingerprint", e);
        }
    }
}
