package org.mailpulse.engine.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.mailpulse.engine.chdb.ClickHouseError;
import org.mailpulse.engine.chdb.Engine;

/** Answers the requests of the HTTP interface, each on the thread that brings it. */
final class QueryService {
    private static final System.Logger LOG = System.getLogger(QueryService.class.getName());
    private static final byte[] OK = "Ok.\n".getBytes(StandardCharsets.US_ASCII);

    private final Engine engine;
    private final Executor threads;

    /**
     * @param threads takes each task to a thread of its own, at once
     */
    QueryService(Engine engine, Executor threads) {
        this.engine = engine;
        this.threads = threads;
    }

    void serve(Exchange exchange) {
        var headers = new LinkedHashMap<String, String>();
        var reply = new Reply(exchange, headers);
        try {
            var request = QueryRequest.of(exchange.request());
            headers.put("X-ClickHouse-Query-Id", request.queryId());
            headers.put("X-ClickHouse-Server-Display-Name", "mailpulse");
            headers.put("X-ClickHouse-Timezone", "UTC");
            headers.put("Content-Type", "text/plain; charset=UTF-8");
            if (isLivenessProbe(request, exchange)) {
                exchange.respond(200, headers, OK);
                return;
            }
            Refusals.check(exchange.request(), request);
            new QueryRun(engine, threads, exchange, request, reply, headers).run();
            reply.end();
        } catch (ClickHouseError e) {
            fail(exchange, reply, headers, e);
        } catch (Exchange.ClientGoneException e) {
            exchange.abort();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a request failed", e);
            fail(exchange, reply, headers, ClickHouseError.of(1002, "UNKNOWN_EXCEPTION", String.valueOf(e)));
        }
    }

    private static boolean isLivenessProbe(QueryRequest request, Exchange exchange) {
        return request.path().equals("/ping")
                || request.path().equals("/replicas_status")
                || exchange.request().method().name().equals("GET")
                        && request.query().isEmpty();
    }

    private static void fail(Exchange exchange, Reply reply, Map<String, String> headers, ClickHouseError error) {
        if (reply.begun()) {
            LOG.log(System.Logger.Level.WARNING, "a result broke off: {0}", error.getMessage());
            exchange.abort();
            return;
        }
        try {
            // The client reads our answer only once it has sent all it has.
            exchange.body().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            exchange.abort();
            return;
        }
        headers.put("X-ClickHouse-Exception-Code", String.valueOf(error.code()));
        var text = error.getMessage() + "\n";
        exchange.respond(ErrorStatus.of(error.code()), headers, text.getBytes(StandardCharsets.UTF_8));
    }
}
