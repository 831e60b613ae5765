package org.mailpulse.probe.resolve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.mailpulse.probe.net.Transport;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;

/** One question over one TCP connection (RFC 7766), for answers that do not fit into a datagram. */
final class TcpQuery extends SimpleChannelInboundHandler<ByteBuf> {
    private static final int MAX_MESSAGE_BYTES = 65535;

    private final InetSocketAddress server;
    private final byte[] wire;
    private final Record question;
    private final CompletableFuture<Message> answer = new CompletableFuture<>();

    private TcpQuery(InetSocketAddress server, byte[] wire, Record question) {
        this.server = server;
        this.wire = wire;
        this.question = question;
    }

    /** @return completes with an {@link IOException} if no proper answer comes in time */
    static CompletableFuture<Message> ask(
            Transport transport, InetSocketAddress server, byte[] wire, Record question, long timeoutMillis) {
        TcpQuery query = new TcpQuery(server, wire, question);
        transport.stream(transport.next())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeoutMillis)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new ReadTimeoutHandler(timeoutMillis, TimeUnit.MILLISECONDS))
                                .addLast(new LengthFieldBasedFrameDecoder(MAX_MESSAGE_BYTES + 2, 0, 2, 0, 2))
                                .addLast(query);
                    }
                })
                .connect(server)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        query.fail(connected.cause());
                    }
                });
        return query.answer.orTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        answer.whenComplete((message, failure) -> ctx.close());
        ctx.writeAndFlush(
                ctx.alloc().buffer(2 + wire.length).writeShort(wire.length).writeBytes(wire));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) throws IOException {
        Message message = new Message(ByteBufUtil.getBytes(frame));
        if (message.getHeader().getID() == id() && UdpSocket.answers(message, question)) {
            answer.complete(message);
        } else {
            fail(new IOException("another question's answer"));
        }
    }

    private int id() {
        return (wire[0] & 0xff) << 8 | wire[1] & 0xff;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(new IOException("closed without an answer"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        answer.completeExceptionally(new IOException("no answer over TCP from " + server, cause));
    }
}
