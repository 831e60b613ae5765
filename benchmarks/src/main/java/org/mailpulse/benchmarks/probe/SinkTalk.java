package org.mailpulse.benchmarks.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The server's side of a probe, in few words. Expects lines without their end. */
final class SinkTalk extends SimpleChannelInboundHandler<ByteBuf> {
    private static final String CAPABILITIES = "250-%s greets you\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n"
            + "%s250-ENHANCEDSTATUSCODES\r\n250 8BITMIME\r\n";

    private final String name;
    private final SslContext tls;
    private final Delay delay;
    private boolean secured;

    SinkTalk(String name, SslContext tls, Delay delay) {
        this.name = name;
        this.tls = tls;
        this.delay = delay;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        // its own delay is the last word of the greeting, so that the client can take it off
        later(ctx, Delay.At.GREETING, "220 " + name + " ESMTP sink " + delay.millis() + "\r\n");
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf line) {
        String command = line.toString(StandardCharsets.US_ASCII);
        switch (command.split(" ", 2)[0]) {
            case "EHLO" -> answerEhlo(ctx);
            case "STARTTLS" -> {
                say(ctx, "220 2.0.0 Ready to start TLS\r\n");
                ctx.pipeline().addFirst(new SslHandler(tls.newEngine(ctx.alloc())));
                secured = true;
            }
            case "QUIT" ->
                ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), "221 2.0.0 Bye\r\n"))
                        .addListener(ChannelFutureListener.CLOSE);
            default -> say(ctx, "500 5.5.1 Command unrecognized\r\n");
        }
    }

    private void answerEhlo(ChannelHandlerContext ctx) {
        String text = CAPABILITIES.formatted(name, secured ? "" : "250-STARTTLS\r\n");
        if (secured) {
            later(ctx, Delay.At.INSIDE_TLS, text);
        } else {
            say(ctx, text);
        }
    }

    private void later(ChannelHandlerContext ctx, Delay.At place, String text) {
        if (delay.at() == place && delay.millis() > 0) {
            ctx.executor().schedule(() -> say(ctx, text), delay.millis(), TimeUnit.MILLISECONDS);
        } else {
            say(ctx, text);
        }
    }

    private static void say(ChannelHandlerContext ctx, String text) {
        ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), text));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // the client has gone
    }
}
