package org.mailpulse.simulator.smtp;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.util.SplittableRandom;

/** Greets with random bytes, control characters and line ends among them. */
final class Garbage extends Silent {
    private static final int BYTES = 600;

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        byte[] bytes = new byte[BYTES];
        new SplittableRandom(BYTES).nextBytes(bytes);
        bytes[0] = (byte) 0xFE; // no reply code, whatever chance has in store
        bytes[BYTES - 2] = '\r';
        bytes[BYTES - 1] = '\n';
        ctx.writeAndFlush(Unpooled.wrappedBuffer(bytes)).addListener(ChannelFutureListener.CLOSE);
    }
}
