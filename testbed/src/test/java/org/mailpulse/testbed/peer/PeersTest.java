package org.mailpulse.testbed.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.testbed.LoopbackBlock;

/** Each peer, seen through a plain socket. */
@Timeout(30)
class PeersTest {
    private static final String NAME = "mx.reef.test";

    private InetSocketAddress at;

    @BeforeEach
    void claimAddress() throws IOException {
        at = LoopbackBlock.claim(1).at(1);
    }

    @Test
    void theSilentPeerAcceptsAndSaysNothing() throws IOException {
        try (LoopbackPeer peer = new SilentPeer(at).open();
                Client client = new Client()) {
            client.socket.setSoTimeout(300);
            assertThatThrownBy(client::line).isInstanceOf(SocketTimeoutException.class);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void theClosingPeerHangsUpWithoutAWord() throws IOException {
        try (LoopbackPeer peer = new ClosingPeer(at).open();
                Client client = new Client()) {
            assertThat(client.line()).isNull();
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void theGarbagePeerDoesNotSpeakSmtp() throws IOException {
        assertThat(dialogue(new GarbagePeer(at))).containsExactly("HTTP/1.1 400 Bad Request");
    }

    @Test
    void theRefusingPeerRefusesAtTheDoorAndKeepsToIt() throws IOException {
        assertThat(dialogue(new RefusingPeer(at, "554 5.7.1 no mail here"), "EHLO a.invalid", "QUIT"))
                .containsExactly("554 5.7.1 no mail here", "503 5.5.1 said so already", "221 2.0.0 bye");
    }

    @Test
    void the454PeerAdvertisesStarttlsAndRefusesIt() throws IOException {
        assertThat(dialogue(new Starttls454Peer(at, NAME), "EHLO a.invalid", "STARTTLS", "QUIT"))
                .containsExactly(
                        "220 mx.reef.test ESMTP",
                        "250-mx.reef.test",
                        "250-8BITMIME",
                        "250 STARTTLS",
                        "454 4.7.0 TLS not available due to temporary reason",
                        "221 2.0.0 bye");
    }

    @Test
    void theMaskedPeerHidesTheKeyword() throws IOException {
        assertThat(dialogue(new MaskedStarttlsPeer(at, NAME), "EHLO a.invalid", "STARTTLS"))
                .containsExactly(
                        "220 mx.reef.test ESMTP",
                        "250-mx.reef.test",
                        "250-8BITMIME",
                        "250 XXXXXXXX",
                        "502 5.5.1 not implemented");
    }

    @Test
    void theHeloOnlyPeerDoesNotKnowEhlo() throws IOException {
        assertThat(dialogue(new HeloOnlyPeer(at, NAME), "EHLO a.invalid", "HELO a.invalid"))
                .containsExactly("220 mx.reef.test ESMTP", "502 5.5.1 unknown command", "250 mx.reef.test");
    }

    @Test
    void theClosingAtStarttlsPeerHearsTheClientHelloAndHangsUp() throws IOException {
        try (LoopbackPeer peer = new ClosingAtStarttlsPeer(at, NAME).open();
                Client client = new Client()) {
            client.line();
            client.say("STARTTLS");
            assertThat(client.line()).isEqualTo("220 2.0.0 ready");
            client.say("\u0016\u0003\u0001");
            assertThat(client.line()).isNull();
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void theNotTlsPeerWaitsForTheClientHelloAndComplainsInPlainText() throws IOException {
        try (LoopbackPeer peer = new NotTlsAfterStarttlsPeer(at, NAME).open();
                Client client = new Client()) {
            client.line();
            client.say("STARTTLS");
            assertThat(client.line()).isEqualTo("220 2.0.0 ready");
            client.socket.setSoTimeout(300);
            assertThatThrownBy(client::line).isInstanceOf(SocketTimeoutException.class);
            client.say("\u0016\u0003\u0001");
            assertThat(client.line()).isEqualTo("500 5.5.2 what did you say?");
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void aPeerRefusesToListenOutsideLoopback() {
        assertThatThrownBy(() -> new SilentPeer(new InetSocketAddress("0.0.0.0", 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Says the commands one by one and returns all lines of all replies. */
    private List<String> dialogue(LoopbackPeer peer, String... commands) throws IOException {
        try (LoopbackPeer opened = peer.open();
                Client client = new Client()) {
            List<String> heard = new ArrayList<>(List.of(client.line()));
            for (String command : commands) {
                client.say(command);
                String line;
                do {
                    line = client.line();
                    heard.add(line);
                } while (line.charAt(3) == '-');
            }
            assertThat(opened.connections()).isEqualTo(1);
            return heard;
        }
    }

    private final class Client implements AutoCloseable {
        private final Socket socket = new Socket(at.getAddress(), at.getPort());
        private final BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));

        Client() throws IOException {
            socket.setSoTimeout(10_000);
        }

        String line() throws IOException {
            return lines.readLine();
        }

        void say(String command) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
