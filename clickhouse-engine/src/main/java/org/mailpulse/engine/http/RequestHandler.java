package org.mailpulse.engine.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** One connection's end of the HTTP interface: hands each request to a worker thread, one at a time. */
final class RequestHandler extends SimpleChannelInboundHandler<HttpObject> {
    private final QueryService queries;
    private final Executor workers;
    private Exchange exchange;

    RequestHandler(QueryService queries, Executor workers) {
        this.queries = queries;
        this.workers = workers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            context.close();
            return;
        }
        if (message instanceof HttpRequest request) {
            // A request before the last answer (pipelining) would need a queue that nobody asks for.
            if (exchange != null && !exchange.answered()) {
                context.close();
                return;
            }
            begin(context, request);
        }
        if (message instanceof HttpContent content) {
            exchange.body().add(content.content().retain());
            if (message instanceof LastHttpContent) {
                exchange.body().complete();
            }
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        var current = new Exchange(context, request);
        exchange = current;
        try {
            workers.execute(() -> serve(current));
        } catch (RejectedExecutionException e) {
            var text = "Code: 202. DB::Exception: Too many simultaneous queries. (TOO_MANY_SIMULTANEOUS_QUERIES)\n";
            current.respond(503, Map.of("X-ClickHouse-Exception-Code", "202"), text.getBytes(StandardCharsets.UTF_8));
            context.close();
        }
    }

    /** Whatever goes wrong beyond what is foreseen, no client is left waiting. */
    private void serve(Exchange current) {
        try {
            queries.serve(current);
        } finally {
            if (!current.answered()) {
                current.abort();
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.writabilityChanged();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.clientGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset connection; channelInactive tells the worker.
        context.close();
    }
}
