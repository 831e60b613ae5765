package org.mailpulse.simulator.smtp;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;

/** Greets at one byte a second: {@code 220-} and then dots that never come to an end. */
final class Tarpit extends Silent {
    private static final byte[] START = {'2', '2', '0', '-'};

    private int sent;

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        drip(ctx);
    }

    private void drip(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            byte next = sent < START.length ? START[sent] : (byte) '.';
            sent++;
            ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {next}));
            ctx.executor().schedule(() -> drip(ctx), 1, TimeUnit.SECONDS);
        }
    }
}
