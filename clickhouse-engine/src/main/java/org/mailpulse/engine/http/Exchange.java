package org.mailpulse.engine.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.Map;

/**
 * One request and its response, between Netty's event loop and the worker thread that serves it. The worker reads the body
 * and writes the response as plain streams that block; a client that leaves makes both fail, and runs the action set by
 * {@link #onClientGone}.
 */
final class Exchange {
    private final ChannelHandlerContext context;
    private final HttpRequest request;
    private final RequestBody body;
    private final Object lock = new Object();
    private boolean gone;
    private Runnable whenGone;
    private volatile boolean answered;

    Exchange(ChannelHandlerContext context, HttpRequest request) {
        this.context = context;
        this.request = request;
        this.body = new RequestBody(context.channel());
    }

    HttpRequest request() {
        return request;
    }

    RequestBody body() {
        return body;
    }

    /** Whether the end of the response is on its way, so that the client may send its next request. */
    boolean answered() {
        return answered;
    }

    /** Runs the action, which must not block, when the client goes before its answer; at once if it already went. */
    void onClientGone(Runnable action) {
        synchronized (lock) {
            whenGone = action;
            if (!gone) {
                return;
            }
        }
        action.run();
    }

    /** The channel closed; called on the event loop. */
    void clientGone() {
        body.fail();
        Runnable action;
        synchronized (lock) {
            gone = true;
            action = whenGone;
            lock.notifyAll();
        }
        if (action != null && !answered) {
            action.run();
        }
    }

    void writabilityChanged() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    /** Sends a whole response. */
    void respond(int status, Map<String, String> headers, byte[] content) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(content));
        fill(response, headers);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.length);
        answered = true;
        context.writeAndFlush(response);
    }

    /** Begins a response of unknown length. */
    void begin(int status, Map<String, String> headers) {
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        fill(response, headers);
        response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        context.write(response);
    }

    private static void fill(HttpResponse response, Map<String, String> headers) {
        headers.forEach((name, value) -> response.headers().set(name, value));
    }

    /** Sends a piece of a response that was begun, as soon as the client takes it. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        synchronized (lock) {
            while (!gone && !context.channel().isWritable()) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while sending a result", e);
                }
            }
            if (gone) {
                throw new ClientGoneException();
            }
        }
        context.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(bytes, offset, length)));
    }

    void end() {
        answered = true;
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** Breaks a response that was begun off, so that the client cannot take the part for the whole. */
    void abort() {
        answered = true;
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    static final class ClientGoneException extends IOException {
        private static final long serialVersionUID = 1L;

        ClientGoneException() {
            super("the client has gone");
        }
    }
}
