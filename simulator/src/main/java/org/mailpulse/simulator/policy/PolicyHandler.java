package org.mailpulse.simulator.policy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.mailpulse.simulator.policy.Policies.Site;

/** Answers one request by its Host header, then closes. */
final class PolicyHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final Function<String, Site> sites;

    PolicyHandler(Function<String, Site> sites) {
        this.sites = sites;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        ctx.writeAndFlush(answer(request)).addListener(ChannelFutureListener.CLOSE);
    }

    private FullHttpResponse answer(FullHttpRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            return response(HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET\n");
        }
        String host = request.headers().get(HttpHeaderNames.HOST, "");
        Site site = sites.apply(host.replaceFirst(":\\d+$", ""));
        String text = site == null ? null : site.text();
        String wanted = site != null && site.moved() ? Policies.MOVED_PATH : Policies.PATH;
        if (text != null && request.uri().equals(wanted)) {
            return response(HttpResponseStatus.OK, text);
        }
        if (text != null && site.moved() && request.uri().equals(Policies.PATH)) {
            FullHttpResponse moved = response(HttpResponseStatus.MOVED_PERMANENTLY, "");
            moved.headers().set(HttpHeaderNames.LOCATION, "https://" + host + Policies.MOVED_PATH);
            return moved;
        }
        return response(HttpResponseStatus.NOT_FOUND, "no policy here\n");
    }

    private static FullHttpResponse response(HttpResponseStatus status, String text) {
        ByteBuf body = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // the peer went away, spoke nonsense or saw the handshake broken off
    }
}
