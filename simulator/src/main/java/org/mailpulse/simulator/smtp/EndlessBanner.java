package org.mailpulse.simulator.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;

/** A greeting of lines without end, as fast as the client takes them; after {@value #MAX_BYTES} bytes it gives up. */
final class EndlessBanner extends Silent {
    private static final int MAX_BYTES = 16 << 20;

    private static final ByteBuf LINES = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(
                    "220-and another thing, before you say hello\r\n".repeat(40), StandardCharsets.US_ASCII)
            .asReadOnly());

    private int sent;

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        pour(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pour(ctx);
    }

    private void pour(ChannelHandlerContext ctx) {
        while (ctx.channel().isActive() && ctx.channel().isWritable() && sent < MAX_BYTES) {
            sent += LINES.readableBytes();
            ctx.write(LINES.duplicate());
        }
        ctx.flush();
        if (sent >= MAX_BYTES) {
            ctx.close();
        }
    }
}
