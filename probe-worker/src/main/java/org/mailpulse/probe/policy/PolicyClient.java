package org.mailpulse.probe.policy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.pace.AddressRules;
import org.mailpulse.probe.tls.StrictTls;

/** Fetches policies over HTTPS. Asks at once: pace and permission are the caller's. */
final class PolicyClient {
    /** RFC 8461 §3.3 suggests this limit. */
    private static final int MAX_BODY = 64 * 1024;

    private static final int MAX_LINE = 4 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_CHUNK = 8 * 1024;

    private final Transport transport;
    private final StrictTls tls;
    private final PolicySettings settings;

    PolicyClient(Transport transport, StrictTls tls, PolicySettings settings) {
        this.transport = transport;
        this.tls = tls;
        this.settings = settings;
    }

    /**
     * @param host whose policy it is: {@code mta-sts.} and a domain
     * @return completes within {@link PolicySettings#whole} and never exceptionally, unless the event loops are gone
     */
    CompletableFuture<Fetched> fetch(InetAddress address, String host) {
        EventLoop loop = transport.next();
        return CompletableFuture.supplyAsync(() -> connect(address, host, loop), loop)
                .thenCompose(result -> result);
    }

    private CompletableFuture<Fetched> connect(InetAddress address, String host, EventLoop loop) {
        PolicyExchange exchange = new PolicyExchange(host, settings.userAgent());
        Channel channel = transport.stream(loop)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connect().toMillis())
                .handler(new Pipeline(host, exchange))
                .connect(new InetSocketAddress(address, settings.port()))
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        exchange.end(Fetched.FAILED);
                    }
                })
                .channel();
        Future<?> clock = loop.schedule(
                () -> {
                    exchange.end(Fetched.FAILED);
                    channel.close();
                },
                settings.whole().toMillis(),
                TimeUnit.MILLISECONDS);
        return exchange.result().whenComplete((fetched, failure) -> clock.cancel(false));
    }

    private final class Pipeline extends ChannelInitializer<Channel> {
        private final String host;
        private final PolicyExchange exchange;

        Pipeline(String host, PolicyExchange exchange) {
            this.host = host;
            this.exchange = exchange;
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(
                            new Guard(),
                            tls.handler(
                                    channel.alloc(),
                                    host,
                                    settings.port(),
                                    settings.whole().toMillis()),
                            new HttpClientCodec(MAX_LINE, MAX_HEADERS, MAX_CHUNK),
                            new HttpObjectAggregator(MAX_BODY),
                            exchange);
        }
    }

    /** Nothing is said to an address that must not be asked, however it came to be connected to. */
    private final class Guard extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            InetAddress peer = ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
            if (!settings.allowPrivate() && AddressRules.isBlocked(peer)) {
                ctx.close();
            } else {
                ctx.fireChannelActive();
            }
        }
    }
}
