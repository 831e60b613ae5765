package org.mailpulse.probe.policy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Says one GET when TLS stands, and takes one answer. Redirects are answers like any other (RFC 8461 §3.3). */
final class PolicyExchange extends SimpleChannelInboundHandler<FullHttpResponse> {
    private static final String PATH = "/.well-known/mta-sts.txt";

    private final String host;
    private final String userAgent;
    private final CompletableFuture<Fetched> result = new CompletableFuture<>();

    PolicyExchange(String host, String userAgent) {
        this.host = host;
        this.userAgent = userAgent;
    }

    /** Never completes exceptionally. */
    CompletableFuture<Fetched> result() {
        return result;
    }

    void end(Fetched fetched) {
        result.complete(fetched);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            return;
        }
        if (handshake.isSuccess()) {
            ctx.writeAndFlush(request());
        } else {
            end(isAboutCertificate(handshake.cause()) ? Fetched.REFUSED : Fetched.FAILED);
            ctx.close();
        }
    }

    private FullHttpRequest request() {
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, PATH);
        request.headers()
                .set(HttpHeaderNames.HOST, host)
                .set(HttpHeaderNames.USER_AGENT, userAgent)
                .set(HttpHeaderNames.ACCEPT, HttpHeaderValues.TEXT_PLAIN)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return request;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
        end(fetched(response));
        ctx.close();
    }

    private static Fetched fetched(FullHttpResponse response) {
        if (response.decoderResult().isFailure()) {
            return Fetched.FAILED;
        }
        int status = response.status().code();
        if (status != HttpResponseStatus.OK.code()) {
            boolean passing = status >= 500 || status == HttpResponseStatus.TOO_MANY_REQUESTS.code();
            return passing ? Fetched.FAILED : Fetched.REFUSED;
        }
        String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE, "text/plain");
        return type.strip().toLowerCase(Locale.ROOT).startsWith("text/")
                ? Fetched.text(response.content().toString(StandardCharsets.UTF_8))
                : Fetched.UNFIT;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(Fetched.FAILED);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(cause instanceof TooLongFrameException ? Fetched.UNFIT : Fetched.FAILED);
        ctx.close();
    }

    private static boolean isAboutCertificate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }
}
