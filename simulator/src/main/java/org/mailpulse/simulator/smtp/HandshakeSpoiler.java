package org.mailpulse.simulator.smtp;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.mailpulse.simulator.world.ServerKind;

/** Meets the ClientHello with anything but a ServerHello. */
final class HandshakeSpoiler extends ChannelInboundHandlerAdapter {
    /** A record of type alert: fatal, handshake_failure (RFC 8446 §6). */
    private static final byte[] FATAL_ALERT = {21, 3, 3, 0, 2, 2, 40};

    private static final byte[] NOT_TLS = "451 4.3.0 something went wrong\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerKind kind;

    HandshakeSpoiler(ServerKind kind) {
        this.kind = kind;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        ReferenceCountUtil.release(bytes);
        switch (kind) {
            case HANDSHAKE_ALERT -> end(ctx, FATAL_ALERT);
            case HANDSHAKE_GARBAGE -> end(ctx, NOT_TLS);
            case HANDSHAKE_CLOSES -> ctx.close();
            default -> {} // hangs
        }
    }

    private static void end(ChannelHandlerContext ctx, byte[] last) {
        ctx.writeAndFlush(Unpooled.wrappedBuffer(last)).addListener(ChannelFutureListener.CLOSE);
    }
}
