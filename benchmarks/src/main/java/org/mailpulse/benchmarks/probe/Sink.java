package org.mailpulse.benchmarks.probe;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.net.ssl.SSLException;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.simulator.tls.OneCredential;

/**
 * A mail server that only says what a probe wants to hear, and, on a second port, the same TLS without SMTP before it: TLS
 * 1.3 with X25519 and a P-256 certificate. It shows another one at each connection, in turn, and all name all addresses.
 *
 * <p>Arguments: number of addresses, number of certificates, trust store to write. Says {@code ready SMTP-PORT TLS-PORT}; each line on its input
 * is a place and milliseconds to delay from now on.
 */
public final class Sink {
    /** Clients come in thousands; the kernel allows as much of it as {@code net.core.somaxconn}. */
    private static final int BACKLOG = 4096;

    private static final String DOMAIN = "sink.test";
    private static final int MAX_LINE_BYTES = 2048;
    private static final int PORT_TRIES = 20;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final int addresses;
    private final SslContext[] contexts;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Delay delay = Delay.NONE;

    private Sink(int addresses, int certificates, CertificateForge forge) throws SSLException {
        this.addresses = addresses;
        contexts = new SslContext[certificates];
        for (int i = 0; i < certificates; i++) {
            contexts[i] = context(forge.issue(LeafRequest.named("certificate-" + i + "." + DOMAIN, "*." + DOMAIN)));
        }
    }

    private SslContext nextContext() {
        return contexts[Math.floorMod(connections.getAndIncrement(), contexts.length)];
    }

    /** 127.1.0.0 and on. */
    static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 1, (byte) (number >> 8), (byte) number});
        } catch (IOException e) {
            throw new IllegalStateException(e); // four bytes are an address
        }
    }

    static String name(int number) {
        return "mx-" + number + "." + DOMAIN;
    }

    public static void main(String[] arguments) throws Exception {
        int addresses = Integer.parseInt(arguments[0]);
        CertificateForge forge = new CertificateForge(1);
        forge.writeTrustStore(Path.of(arguments[2]));
        Sink sink = new Sink(addresses, Integer.parseInt(arguments[1]), forge);
        int smtp = sink.listen(sink::talk);
        int tls = sink.listen(sink::onlyTls);
        System.out.println("ready " + smtp + " " + tls);
        sink.obey();
        System.exit(0);
    }

    private void obey() throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] words = line.split(" ");
            delay = new Delay(Delay.At.valueOf(words[0]), Integer.parseInt(words[1]));
            System.out.println("ok");
        }
    }

    private static SslContext context(Credential credential) throws SSLException {
        return SslContextBuilder.forServer(OneCredential.factory(credential))
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(InsecureTrustManagerFactory.INSTANCE) // no client is asked; else each loads the JDK's CAs
                .protocols("TLSv1.3")
                .option(OpenSslContextOption.GROUPS, new String[] {"X25519"})
                .build();
    }

    private int listen(IntFunction<ChannelHandler[]> handlers) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return tryToListen(handlers);
            } catch (Exception e) { // Netty throws checked exceptions unseen
                if (tries == PORT_TRIES) {
                    throw new IOException("no port is free at all addresses", e);
                }
            }
        }
    }

    private int tryToListen(IntFunction<ChannelHandler[]> handlers) {
        int port = 0;
        List<Channel> listening = new ArrayList<>();
        try {
            for (int i = 0; i < addresses; i++) {
                listening.add(listen(i, port, handlers));
                port = ((InetSocketAddress) listening.get(i).localAddress()).getPort();
            }
            return port;
        } catch (RuntimeException e) {
            listening.forEach(Channel::close);
            throw e;
        }
    }

    private Channel listen(int number, int port, IntFunction<ChannelHandler[]> handlers) {
        return new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handlers.apply(number));
                    }
                })
                .bind(address(number), port)
                .syncUninterruptibly()
                .channel();
    }

    private ChannelHandler[] talk(int number) {
        return new ChannelHandler[] {
            new LineBasedFrameDecoder(MAX_LINE_BYTES), new SinkTalk(name(number), nextContext(), delay.spread())
        };
    }

    private ChannelHandler[] onlyTls(int number) {
        return new ChannelHandler[] {nextContext().newHandler(ByteBufAllocator.DEFAULT), new ClosingOnError()};
    }

    private static final class ClosingOnError extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close(); // the client has gone
        }
    }
}
