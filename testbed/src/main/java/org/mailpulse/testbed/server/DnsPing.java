package org.mailpulse.testbed.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;

/** Asks a name server for the root's NS; any reply with our id, whatever it says, shows that the server is at work. */
final class DnsPing {
    private static final int TIMEOUT_MILLIS = 200;
    private static final byte[] QUERY = {
        0x4d,
        0x50, // id
        0,
        0, // standard query
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        0, // one question
        0,
        0,
        2,
        0,
        1 // . NS IN
    };

    private DnsPing() {}

    static boolean answers(InetSocketAddress server) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(server);
            socket.send(new DatagramPacket(QUERY, QUERY.length));
            DatagramPacket reply = new DatagramPacket(new byte[512], 512);
            socket.receive(reply);
            return reply.getLength() >= 12 && reply.getData()[0] == QUERY[0] && reply.getData()[1] == QUERY[1];
        }
    }
}
