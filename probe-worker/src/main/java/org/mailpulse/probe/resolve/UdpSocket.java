package org.mailpulse.probe.resolve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mailpulse.probe.net.Transport;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/**
 * One connected UDP socket to one name server: the kernel lets only this server's datagrams in, and an answer counts
 * only if its id and its question are those of a pending query. All state is touched on the socket's event loop alone.
 */
final class UdpSocket extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final int MAX_PENDING = 1 << 14;
    private static final int HEADER_BYTES = 12;

    private final InetSocketAddress server;
    private final Channel channel;
    private final QueryIds ids = new QueryIds();
    private final IntObjectHashMap<Pending> pending = new IntObjectHashMap<>();
    private boolean flushing;

    /** What becomes of one datagram sent. Called once, on the event loop. */
    interface Listener {
        void answered(Message answer);

        /** Nothing usable came: too late, malformed, or the server is not there. */
        void lost(IOException reason);
    }

    private record Pending(Record question, Listener listener, Future<?> timeout) {}

    UdpSocket(Transport transport, InetSocketAddress server) throws IOException {
        this.server = server;
        ChannelFuture connected =
                transport.datagram().handler(this).connect(server).awaitUninterruptibly();
        if (!connected.isSuccess()) {
            throw new IOException("no UDP socket to name server " + server, connected.cause());
        }
        channel = connected.channel();
    }

    InetSocketAddress server() {
        return server;
    }

    /** @param wire a query in wire format; its id is replaced */
    void ask(byte[] wire, Record question, long timeoutMillis, Listener listener) {
        channel.eventLoop().execute(() -> send(wire, question, timeoutMillis, listener));
    }

    private void send(byte[] wire, Record question, long timeoutMillis, Listener listener) {
        if (pending.size() >= MAX_PENDING || !channel.isActive()) {
            listener.lost(new IOException(channel.isActive() ? "too many queries in flight" : "resolver is closed"));
            return;
        }
        int id = ids.next();
        while (pending.containsKey(id)) {
            id = ids.next();
        }
        int key = id;
        Future<?> timeout = channel.eventLoop().schedule(() -> expire(key), timeoutMillis, TimeUnit.MILLISECONDS);
        pending.put(id, new Pending(question, listener, timeout));
        ByteBuf datagram = channel.alloc().buffer(wire.length).writeBytes(wire).setShort(0, id);
        channel.write(datagram);
        flushLater();
    }

    /** Queries that are asked in the same turn of the loop leave in one system call. */
    private void flushLater() {
        if (!flushing) {
            flushing = true;
            channel.eventLoop().execute(() -> {
                flushing = false;
                channel.flush();
            });
        }
    }

    private void expire(int id) {
        Pending query = pending.remove(id);
        if (query != null) {
            query.listener.lost(new SocketTimeoutException("no answer from " + server));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
        ByteBuf content = datagram.content();
        if (content.readableBytes() < HEADER_BYTES) {
            return;
        }
        int id = content.getUnsignedShort(content.readerIndex());
        Pending query = pending.get(id);
        if (query == null) {
            return;
        }
        Message answer;
        try {
            answer = new Message(ByteBufUtil.getBytes(content));
        } catch (IOException | RuntimeException e) {
            settle(id, query).lost(new IOException("malformed answer from " + server, e));
            return;
        }
        if (answers(answer, query.question)) {
            settle(id, query).answered(answer);
        }
    }

    private Listener settle(int id, Pending query) {
        pending.remove(id);
        query.timeout.cancel(false);
        return query.listener;
    }

    /** RFC 5452 §4: the question section must be the one that was asked. */
    static boolean answers(Message answer, Record question) {
        if (!answer.getHeader().getFlag(Flags.QR)) {
            return false;
        }
        Record echoed = answer.getQuestion();
        if (echoed == null) {
            // a server that could not read the query cannot repeat it (RFC 6891 §7)
            return answer.getHeader().getRcode() == Rcode.FORMERR;
        }
        return echoed.getType() == question.getType()
                && echoed.getDClass() == question.getDClass()
                && echoed.getName().equals(question.getName());
    }

    /** ICMP says that nobody listens there: which query it was about is not told, so it was about each. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        loseAll(new IOException("name server " + server + " cannot be reached", cause));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loseAll(new IOException("resolver is closed"));
    }

    private void loseAll(IOException reason) {
        List<Pending> lost = new ArrayList<>(pending.values());
        pending.clear();
        for (Pending query : lost) {
            query.timeout.cancel(false);
            query.listener.lost(reason);
        }
    }

    void close() {
        channel.close().awaitUninterruptibly();
    }
}
