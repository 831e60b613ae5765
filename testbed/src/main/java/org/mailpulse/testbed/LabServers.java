package org.mailpulse.testbed;

import static org.mailpulse.simulator.pki.Issuer.ROOT;
import static org.mailpulse.simulator.pki.Issuer.SELF;
import static org.mailpulse.simulator.pki.Issuer.UNKNOWN_CA;
import static org.mailpulse.simulator.pki.KeySpec.EC_P384;
import static org.mailpulse.simulator.pki.KeySpec.RSA_1024;
import static org.mailpulse.simulator.pki.KeySpec.RSA_2048;
import static org.mailpulse.simulator.pki.LeafRequest.VALID_UNTIL;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.simulator.pki.SignatureHash;
import org.mailpulse.testbed.peer.ClosingAtStarttlsPeer;
import org.mailpulse.testbed.peer.ClosingPeer;
import org.mailpulse.testbed.peer.GarbagePeer;
import org.mailpulse.testbed.peer.HeloOnlyPeer;
import org.mailpulse.testbed.peer.LoopbackPeer;
import org.mailpulse.testbed.peer.MaskedStarttlsPeer;
import org.mailpulse.testbed.peer.NotTlsAfterStarttlsPeer;
import org.mailpulse.testbed.peer.RefusingPeer;
import org.mailpulse.testbed.peer.SilentPeer;
import org.mailpulse.testbed.peer.Starttls454Peer;
import org.mailpulse.testbed.server.OpensslSmtpServer;
import org.mailpulse.testbed.server.Postfix;

/** The mail servers of the laboratory; number N listens on 127.A.B.N. */
final class LabServers implements AutoCloseable {
    /** How many addresses of the block are in use. */
    static final int ADDRESSES = 37;

    /** Here, and only here, nothing listens. */
    static final int CLOSED_PORT = 20;

    /** The server on ::1 has a number like the others, but no address in the block. */
    private static final int ON_IPV6 = 37;

    private static final String WEAK_ALLOWED = "DEFAULT@SECLEVEL=0";

    private final LoopbackBlock block;
    private final CertificateForge forge;
    private final Map<Integer, Credential> credentials = new TreeMap<>();
    private final List<LoopbackPeer> peers = new ArrayList<>();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private Postfix postfix;

    private LabServers(LoopbackBlock block, CertificateForge forge) {
        this.block = block;
        this.forge = forge;
    }

    static LabServers start(LoopbackBlock block, CertificateForge forge, boolean ipv6) throws IOException {
        LabServers servers = new LabServers(block, forge);
        try {
            servers.startPostfix(ipv6);
            servers.startOpenssl();
            servers.startPeers();
            return servers;
        } catch (IOException | RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /** What each server with TLS presents, by its number. */
    Map<Integer, Credential> credentials() {
        return credentials;
    }

    /** Connections accepted so far by all servers. */
    long connections() throws IOException {
        return postfix.connections()
                + peers.stream().mapToLong(LoopbackPeer::connections).sum();
    }

    /** Whatever else goes down with the servers, in reverse order. */
    <T extends AutoCloseable> T closeLater(T part) {
        running.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            closeOne(running.pop());
        }
    }

    private void startPostfix(boolean ipv6) throws IOException {
        List<Postfix.Listener> listeners = new ArrayList<>(List.of(
                new Postfix.Listener(
                        block.at(10),
                        "mx1.harbour.example",
                        credential(
                                10,
                                LeafRequest.named(
                                                "mx1.harbour.example",
                                                "alias.harbour.example",
                                                "*.tenants.harbour.example",
                                                "beacon.test",
                                                "mail.mixed.example")
                                        .withSubject("mx1.harbour.example", "Harbour Mail"))),
                new Postfix.Listener(
                        block.at(11),
                        "mx2.harbour.example",
                        credential(
                                11,
                                LeafRequest.named(
                                                "mx2.harbour.example",
                                                "mx.lighthouse.test",
                                                "mail.halfopen.example",
                                                "mx.dual.example")
                                        .withSubject("mx2.harbour.example", "Harbour Mail")
                                        .withKey(RSA_2048))),
                new Postfix.Listener(
                        block.at(12),
                        "mx.selfmade.test",
                        credential(
                                12,
                                LeafRequest.named("mx.selfmade.test")
                                        .withIssuer(SELF)
                                        .withKey(RSA_2048))),
                Postfix.Listener.withoutTls(block.at(13), "mx.plain.example")));
        if (ipv6) {
            Credential six = credential(
                    ON_IPV6,
                    LeafRequest.named("mx.six.example", "mx.dual.example").withIssuer(ROOT));
            InetSocketAddress at = new InetSocketAddress(InetAddress.getByName("::1"), block.port());
            listeners.add(new Postfix.Listener(at, "mx.six.example", six));
        }
        postfix = closeLater(Postfix.start(listeners));
    }

    private void startOpenssl() throws IOException {
        openssl(14, LeafRequest.named("mx.stale.example").withValidity(utc("2024-02-01"), utc("2024-05-01")));
        openssl(15, LeafRequest.named("www.elsewhere.example").withKey(EC_P384).withHash(SignatureHash.SHA384));
        openssl(16, LeafRequest.named("mx.oldship.example").withKey(RSA_2048), "-tls1_2");
        openssl(17, LeafRequest.named("mx.smallkey.example").withKey(RSA_1024), "-cipher", WEAK_ALLOWED);
        openssl(18, LeafRequest.named("mx.sha1.example").withHash(SignatureHash.SHA1), "-cipher", WEAK_ALLOWED);
        openssl(19, forge.issue(LeafRequest.named("mx.gap.example")).withoutIntermediate());
        openssl(29, LeafRequest.named("mx.fog.example").withIssuer(UNKNOWN_CA));
        openssl(30, LeafRequest.named("mx.early.example").withValidity(utc("2042-01-01"), VALID_UNTIL));
        openssl(31, LeafRequest.named("mx.commonname.example").withDnsNames());
        openssl(32, LeafRequest.named("mx.showroom.example").withSubject("mx.showroom.example", "Demo"));
        openssl(35, (Credential) null, "-tls1_2", "-cipher", "aNULL:@SECLEVEL=0");
        openssl(
                36,
                LeafRequest.named("localhost")
                        .withSubject("localhost", "Internet Widgits Pty Ltd")
                        .withDnsNames()
                        .withIssuer(SELF)
                        .withKey(RSA_1024)
                        .withHash(SignatureHash.SHA1)
                        .withValidity(utc("2010-01-01"), utc("2011-01-01")),
                "-cipher",
                WEAK_ALLOWED);
    }

    private void startPeers() throws IOException {
        peer(new SilentPeer(block.at(21)));
        peer(new RefusingPeer(block.at(22), "554 5.7.1 no mail for you"));
        peer(new Starttls454Peer(block.at(23), "mx.unready.example"));
        peer(new GarbagePeer(block.at(24)));
        peer(new MaskedStarttlsPeer(block.at(25), "mx.masked.example"));
        peer(new HeloOnlyPeer(block.at(26), "mx.ancient.example"));
        peer(new RefusingPeer(block.at(27), "421 4.3.2 come back later"));
        peer(new ClosingPeer(block.at(28)));
        peer(new NotTlsAfterStarttlsPeer(block.at(33), "mx.plaintalk.example"));
        peer(new ClosingAtStarttlsPeer(block.at(34), "mx.abrupt.example"));
    }

    private void openssl(int number, LeafRequest request, String... options) throws IOException {
        openssl(number, forge.issue(request), options);
    }

    private void openssl(int number, Credential credential, String... options) throws IOException {
        if (credential != null) {
            credentials.put(number, credential);
        }
        String hostname = "server" + number + ".invalid";
        OpensslSmtpServer server = OpensslSmtpServer.start(block.at(number), hostname, credential, options);
        peers.add(closeLater(server));
    }

    private void peer(LoopbackPeer peer) {
        peers.add(closeLater(peer).open());
    }

    private Credential credential(int number, LeafRequest request) {
        Credential credential = forge.issue(request);
        credentials.put(number, credential);
        return credential;
    }

    private static Instant utc(String date) {
        return Instant.parse(date + "T00:00:00Z");
    }

    private static void closeOne(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot close " + part, e);
        }
    }
}
