package org.mailpulse.engine.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mailpulse.engine.chdb.Engine;

/** ClickHouse's HTTP interface on a loopback port. */
public final class EngineServer implements AutoCloseable {
    private static final int MAX_REQUEST_LINE = 1024 * 1024;
    private static final int MAX_HEADERS = 64 * 1024;
    private static final int MAX_CHUNK = 64 * 1024;
    private static final int MAX_CONCURRENT_REQUESTS = 64;
    private static final int MAX_WAITING_REQUESTS = 1024;
    private static final int CLOSING_SECONDS = 3;

    private final EventLoopGroup loops;
    private final ExecutorService workers;
    private final ExecutorService helpers;
    private final Channel channel;

    private EngineServer(EventLoopGroup loops, ExecutorService workers, ExecutorService helpers, Channel channel) {
        this.loops = loops;
        this.workers = workers;
        this.helpers = helpers;
        this.channel = channel;
    }

    /**
     * @param port 0 for a free one
     */
    public static EngineServer start(Engine engine, int port) throws IOException {
        var workers = new ThreadPoolExecutor(
                MAX_CONCURRENT_REQUESTS,
                MAX_CONCURRENT_REQUESTS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING_REQUESTS));
        workers.allowCoreThreadTimeOut(true);
        var helpers = Executors.newCachedThreadPool();
        var queries = new QueryService(engine, helpers);
        var loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        try {
            var bind = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .option(ChannelOption.SO_BACKLOG, 256)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel connection) {
                            connection
                                    .pipeline()
                                    .addLast(new HttpServerCodec(MAX_REQUEST_LINE, MAX_HEADERS, MAX_CHUNK))
                                    .addLast(new HttpServerExpectContinueHandler())
                                    .addLast(new HttpServerKeepAliveHandler())
                                    .addLast(new RequestHandler(queries, workers));
                        }
                    })
                    .bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port))
                    .await();
            if (!bind.isSuccess()) {
                throw new IOException("cannot listen on 127.0.0.1:" + port + ": "
                        + bind.cause().getMessage());
            }
            return new EngineServer(loops, workers, helpers, bind.channel());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while opening 127.0.0.1:" + port, e);
        }
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Stops listening, leaves the clients, which stops their queries, and waits a little for the statements under way. */
    @Override
    public void close() {
        channel.close().awaitUninterruptibly(CLOSING_SECONDS, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, CLOSING_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSING_SECONDS, TimeUnit.SECONDS);
        workers.shutdown();
        try {
            workers.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        helpers.shutdown();
    }
}
