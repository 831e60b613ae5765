package org.mailpulse.engine.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A request's body as a stream that blocks. What has arrived and was not read yet stays below about 1 MiB: above it, the
 * channel is read no further until the worker has caught up.
 */
final class RequestBody extends InputStream {
    private static final int HIGH_WATER = 1024 * 1024;
    private static final int LOW_WATER = HIGH_WATER / 4;

    private final Channel channel;
    private final Queue<ByteBuf> pieces = new ArrayDeque<>();
    private int waiting;
    private boolean complete;
    private boolean failed;

    RequestBody(Channel channel) {
        this.channel = channel;
    }

    /** Takes over the piece; called on the event loop. */
    synchronized void add(ByteBuf piece) {
        if (failed || !piece.isReadable()) {
            piece.release();
            return;
        }
        pieces.add(piece);
        waiting += piece.readableBytes();
        if (waiting > HIGH_WATER) {
            channel.config().setAutoRead(false);
        }
        notifyAll();
    }

    synchronized void complete() {
        complete = true;
        notifyAll();
    }

    /** The rest will not come. */
    synchronized void fail() {
        if (!complete) {
            failed = true;
        }
        pieces.forEach(ByteBuf::release);
        pieces.clear();
        notifyAll();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (pieces.isEmpty()) {
            if (failed) {
                throw new Exchange.ClientGoneException();
            }
            if (complete) {
                return -1;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while reading a request", e);
            }
        }
        var piece = pieces.peek();
        int n = Math.min(length, piece.readableBytes());
        piece.readBytes(target, offset, n);
        if (!piece.isReadable()) {
            pieces.remove().release();
        }
        waiting -= n;
        if (waiting <= LOW_WATER && !channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
        return n;
    }
}
