package org.mailpulse.probe.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Stands in front of the TLS engine until the plain-text part of the handshake has gone by. It watches the server's
 * first flight, and it keeps lines of text that arrive in place of TLS away from the engine: after the 220 to STARTTLS
 * nothing but TLS may come, and text there is how commands are smuggled into a session (CVE-2011-0411).
 */
public final class HandshakeTap extends ChannelInboundHandlerAdapter {
    /** Whoever sends more text than this is not about to speak TLS. */
    private static final int MAX_TEXT = 64 * 1024;

    private final ServerFlight flight = new ServerFlight();
    private int textBytes;
    private boolean inLine;

    /** Text came where TLS should. */
    public boolean hasSeenText() {
        return textBytes > 0;
    }

    /** At least one TLS record came. */
    public boolean hasSeenTls() {
        return flight.hasSpoken();
    }

    /** @return the alert in plain text that ended the handshake, e.g. {@code handshake_failure(40)}; null without one */
    public String alert() {
        return flight.alert() < 0 ? null : Alert.text(flight.alert());
    }

    int group() {
        return flight.group();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (!flight.hasSpoken()) {
            dropText(bytes);
        }
        if (!bytes.isReadable()) {
            bytes.release();
            return;
        }
        flight.read(bytes);
        boolean done = flight.isDone();
        ctx.fireChannelRead(bytes);
        if (done && !ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
    }

    private void dropText(ByteBuf bytes) {
        while (bytes.isReadable() && textBytes < MAX_TEXT && (inLine || isText(bytes.getByte(bytes.readerIndex())))) {
            int end = bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), (byte) '\n');
            inLine = end < 0;
            int length = inLine ? bytes.readableBytes() : end + 1 - bytes.readerIndex();
            bytes.skipBytes(length);
            textBytes += length;
        }
    }

    private static boolean isText(byte first) {
        return first >= ' ' || first == '\r' || first == '\n' || first == '\t';
    }
}
