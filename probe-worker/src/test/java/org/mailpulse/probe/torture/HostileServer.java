package org.mailpulse.probe.torture;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Serves thousands of clients at once, each port in a manner of its own. */
final class HostileServer implements AutoCloseable {
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(2, new DefaultThreadFactory("hostile", true), NioIoHandler.newFactory());

    /** @return where it listens, on a port that the system chose */
    InetSocketAddress serve(Manner manner) {
        Channel server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Conversation(manner));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        return (InetSocketAddress) server.localAddress();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    private static final class Conversation extends SimpleChannelInboundHandler<ByteBuf> {
        private final Manner manner;
        private final StringBuilder line = new StringBuilder();
        private boolean agreed;
        private boolean answeredHello;

        Conversation(Manner manner) {
            this.manner = manner;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            manner.greeting().to(ctx.channel());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            if (agreed && manner.tls() == null) {
                if (!answeredHello) {
                    answeredHello = true;
                    manner.hello().to(ctx.channel());
                }
                return;
            }
            line.append(bytes.toString(StandardCharsets.US_ASCII));
            if (line.charAt(line.length() - 1) == '\n') {
                String command = line.toString().strip();
                line.setLength(0);
                answer(ctx.channel(), command);
            }
        }

        private void answer(Channel channel, String command) {
            switch (command.split(" ", 2)[0]) {
                case "EHLO" -> (agreed ? manner.inTls() : manner.ehlo()).to(channel);
                case "HELO" -> manner.helo().to(channel);
                case "STARTTLS" -> {
                    agreed = true;
                    manner.starttls().to(channel);
                    if (manner.tls() != null) {
                        channel.pipeline().addFirst(manner.tls().newHandler(channel.alloc()));
                    }
                }
                case "QUIT" -> Say.line("221 bye").then(Say.CLOSE).to(channel);
                default -> Say.line("500 what?").to(channel);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
