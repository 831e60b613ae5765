package org.mailpulse.benchmarks.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.mailpulse.benchmarks.load.Task;
import org.mailpulse.probe.net.Transport;

/** The least that a client on Netty and BoringSSL can do: it looks at nothing that the server says. */
final class RoteTask implements Task {
    private static final String[] BEFORE_TLS = {"EHLO prober.test\r\n", "STARTTLS\r\n"};
    private static final String[] INSIDE_TLS = {"EHLO prober.test\r\n", "QUIT\r\n"};

    private final Transport transport;
    private final SslContext tls;
    private final int addresses;
    private final int port;
    private final boolean smtp;

    RoteTask(Transport transport, int addresses, int port, boolean smtp) throws SSLException {
        this.transport = transport;
        this.addresses = addresses;
        this.port = port;
        this.smtp = smtp;
        this.tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm("")
                .protocols("TLSv1.3")
                .build();
        ((ReferenceCountedOpenSslContext) tls).sessionContext().setSessionCacheEnabled(false);
    }

    @Override
    public CompletableFuture<Long> start(int number) {
        int server = number % addresses;
        Handler handler = new Handler(Sink.name(server));
        transport.stream(transport.next())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(handler)
                .connect(new InetSocketAddress(Sink.address(server), port))
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        handler.result.completeExceptionally(connected.cause());
                    }
                });
        return handler.result;
    }

    private final class Handler extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<Long> result = new CompletableFuture<>();
        private final String host;
        private boolean secured;
        private int said;

        Handler(String host) {
            this.host = host;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (!smtp) {
                secure(ctx);
            }
        }

        private void secure(ChannelHandlerContext ctx) {
            ctx.pipeline().addFirst(tls.newHandler(ctx.alloc(), host, port));
        }

        /** The sink's replies come whole, in one piece. */
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ((ByteBuf) message).release();
            if (!secured && said == BEFORE_TLS.length) {
                secure(ctx);
            } else if (!secured) {
                say(ctx, BEFORE_TLS[said++]);
            } else if (said < INSIDE_TLS.length) {
                say(ctx, INSIDE_TLS[said++]);
            } else {
                ctx.close();
            }
        }

        private static void say(ChannelHandlerContext ctx, String command) {
            ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), command));
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (!(event instanceof SslHandshakeCompletionEvent completion)) {
                return;
            }
            secured = completion.isSuccess();
            said = 0;
            if (secured && smtp) {
                say(ctx, INSIDE_TLS[said++]);
            } else {
                ctx.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (secured && (!smtp || said == INSIDE_TLS.length)) {
                result.complete(0L);
            } else {
                result.completeExceptionally(new IllegalStateException("closed too early"));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            result.completeExceptionally(cause);
            ctx.close();
        }
    }
}
