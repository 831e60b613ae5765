package org.mailpulse.probe.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** A few event loops, on epoll where the platform has it. */
public final class Transport implements AutoCloseable {
    /** Larger than any answer that we ask for (EDNS 1232), smaller than what would waste memory per socket. */
    private static final int DATAGRAM_BYTES = 4096;

    /** Answers come in bursts; the kernel grants as much of it as {@code net.core.rmem_max} allows. */
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private static final int MAX_THREADS = 4;

    private final EventLoopGroup loops;
    private final boolean epoll;

    private Transport(EventLoopGroup loops, boolean epoll) {
        this.loops = loops;
        this.epoll = epoll;
    }

    /** One event loop per processor, but no more than {@value #MAX_THREADS}. */
    public static Transport open() {
        return open(Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
    }

    public static Transport open(int threads) {
        boolean epoll = Epoll.isAvailable();
        DefaultThreadFactory names = new DefaultThreadFactory("mailpulse-net", true);
        return new Transport(
                new MultiThreadIoEventLoopGroup(
                        threads, names, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory()),
                epoll);
    }

    /** For TCP on the given loop; options and handler are the caller's. */
    public Bootstrap stream(EventLoop loop) {
        return new Bootstrap().group(loop).channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class);
    }

    /** For UDP, with buffers that suit DNS. */
    public Bootstrap datagram() {
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_BYTES));
        // several datagrams per system call
        return epoll
                ? bootstrap
                        .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES)
                        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_BYTES * 16))
                : bootstrap;
    }

    public EventLoop next() {
        return loops.next();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
