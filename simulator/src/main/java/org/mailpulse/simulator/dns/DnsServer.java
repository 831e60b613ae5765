package org.mailpulse.simulator.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.mailpulse.simulator.dns.Responder.Reply;
import org.mailpulse.simulator.dns.Responder.Transport;
import org.mailpulse.simulator.net.Loops;
import org.mailpulse.simulator.tls.Credentials;
import org.mailpulse.simulator.world.MailPlan.Manner;
import org.mailpulse.simulator.world.World;

/** UDP and TCP on the same port of 127.0.0.1. */
public final class DnsServer implements AutoCloseable {
    private static final int MAX_QUERY_BYTES = 4_096;
    private static final int DATAGRAM_BYTES = 1_500;
    private static final int DATAGRAMS_PER_READ = 32;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int TCP_IDLE_SECONDS = 15;
    private static final int MIN_SLOW_MILLIS = 150;
    private static final int PORT_TRIES = 20;

    private final Responder responder;
    private final FirstAsked lossy = new FirstAsked();
    private final Channel udp;
    private final Channel tcp;

    private DnsServer(Responder responder, Loops loops, int port) throws InterruptedException {
        this.responder = responder;
        this.udp = bindUdp(loops, port);
        this.tcp = bindTcp(loops, address().getPort());
    }

    /**
     * @param survey the current one
     * @param credentials those of the mail servers, for TLSA records
     * @param port 0 for one that is free for both UDP and TCP
     * @throws IOException if the port is taken
     */
    public static DnsServer start(World world, IntSupplier survey, Credentials credentials, Loops loops, int port)
            throws IOException {
        ZoneKeys keys = new ZoneKeys(world.settings().seed());
        Responder responder =
                new Responder(new Zones(world, keys, credentials), new ZoneSigner(keys, Clock.systemUTC()), survey);
        return Loops.bindWithRetry("DNS", port, PORT_TRIES, wanted -> new DnsServer(responder, loops, wanted));
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) udp.localAddress();
    }

    @Override
    public void close() {
        udp.close().syncUninterruptibly();
        tcp.close().syncUninterruptibly();
    }

    private Channel bindUdp(Loops loops, int port) throws InterruptedException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loops.workers())
                .channel(loops.datagramChannel())
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .handler(new UdpHandler());
        if (loops.datagramChannel() == EpollDatagramChannel.class) {
            // many datagrams with one system call
            bootstrap
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(DATAGRAM_BYTES * DATAGRAMS_PER_READ));
        }
        return bootstrap
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .sync()
                .channel();
    }

    private Channel bindTcp(Loops loops, int port) throws InterruptedException {
        try {
            return new ServerBootstrap()
                    .group(loops.workers())
                    .channel(loops.serverChannel())
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(
                                            new ReadTimeoutHandler(TCP_IDLE_SECONDS),
                                            new LengthFieldBasedFrameDecoder(MAX_QUERY_BYTES, 0, 2, 0, 2),
                                            new LengthFieldPrepender(2),
                                            new TcpHandler());
                        }
                    })
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .sync()
                    .channel();
        } catch (Exception e) { // Netty throws checked exceptions unseen
            udp.close();
            throw e;
        }
    }

    private static int delayMillis(Reply reply) {
        return MIN_SLOW_MILLIS + Math.floorMod(reply.hash(), MIN_SLOW_MILLIS);
    }

    private final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket query) {
            Reply reply = responder.reply(ByteBufUtil.getBytes(query.content()), Transport.UDP);
            if (reply.bytes() == null || (reply.manner() == Manner.LOSSY && lossy.isFirst(reply.hash()))) {
                return;
            }
            DatagramPacket packet = new DatagramPacket(Unpooled.wrappedBuffer(reply.bytes()), query.sender());
            if (reply.manner() == Manner.SLOW) {
                ctx.executor().schedule(() -> ctx.writeAndFlush(packet), delayMillis(reply), TimeUnit.MILLISECONDS);
            } else {
                ctx.write(packet);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // a client that went away answers with ICMP; the socket serves all the others
        }
    }

    private final class TcpHandler extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf query) {
            Reply reply = responder.reply(ByteBufUtil.getBytes(query), Transport.TCP);
            if (reply.bytes() == null) {
                return;
            }
            ByteBuf bytes = Unpooled.wrappedBuffer(reply.bytes());
            int delay = reply.manner() == Manner.SLOW ? delayMillis(reply) : 0;
            ctx.executor().schedule(() -> ctx.writeAndFlush(bytes), delay, TimeUnit.MILLISECONDS);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
