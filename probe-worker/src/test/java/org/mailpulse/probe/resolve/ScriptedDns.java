package org.mailpulse.probe.resolve;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Message;

/** A name server whose answers are whatever bytes a test wants, one script for each query that comes. */
final class ScriptedDns implements AutoCloseable {
    /** From a query, and its number from 0 on, the datagrams to send back; none to keep silent. */
    interface Script {
        List<byte[]> answers(Message query, int number) throws IOException;
    }

    private final DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final List<Integer> clientPorts = new CopyOnWriteArrayList<>();
    private final List<Message> queries = new CopyOnWriteArrayList<>();

    ScriptedDns(Script script) throws SocketException {
        Thread thread = new Thread(() -> serve(script), "scripted-dns");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    List<Message> queries() {
        return queries;
    }

    List<Integer> clientPorts() {
        return clientPorts;
    }

    private void serve(Script script) {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                Message query = new Message(java.util.Arrays.copyOf(buffer, packet.getLength()));
                clientPorts.add(packet.getPort());
                queries.add(query);
                for (byte[] answer : script.answers(query, queries.size() - 1)) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // closed, or a query that a test made unreadable
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
