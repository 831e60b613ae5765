package org.mailpulse.simulator.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Event loops, and how much CPU they used: the simulator's share is to be told apart from the prober's. */
public final class Loops implements AutoCloseable {
    private static final int MAX_SHUTDOWN_SECONDS = 5;

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup workers;

    /** @param count threads, 1… */
    public Loops(int count) {
        ThreadFactory named = new DefaultThreadFactory("simulator", true);
        ThreadFactory remembered = task -> {
            Thread thread = named.newThread(task);
            threads.add(thread);
            return thread;
        };
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.workers = new MultiThreadIoEventLoopGroup(count, remembered, handlers);
    }

    public EventLoopGroup workers() {
        return workers;
    }

    public Class<? extends Channel> datagramChannel() {
        return epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }

    public Class<? extends ServerChannel> serverChannel() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** CPU time of the event loops so far. */
    public Duration cpuTime() {
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (Thread thread : threads) {
            nanos += Math.max(0, bean.getThreadCpuTime(thread.getId())); // -1 for one that has ended
        }
        return Duration.ofNanos(nanos);
    }

    /** Something that takes a port, or several of the same number. */
    @FunctionalInterface
    public interface Binder<T> {
        T bind(int port) throws Exception;
    }

    /**
     * A free port for one socket need not be free for its companions: where any port will do, others are tried.
     *
     * @param port 0 for any
     * @throws IOException naming what and the port, if no port could be taken
     */
    public static <T> T bindWithRetry(String what, int port, int tries, Binder<T> binder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return binder.bind(port);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(what + ": interrupted while binding port " + port, e);
            } catch (Exception e) { // Netty throws checked exceptions unseen
                if (port != 0 || attempt == tries) {
                    throw new IOException(what + ": cannot listen on port " + port + ": " + e.getMessage(), e);
                }
            }
        }
    }

    @Override
    public void close() {
        workers.shutdownGracefully(0, MAX_SHUTDOWN_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
