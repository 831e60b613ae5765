package org.mailpulse.engine.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mailpulse.engine.chdb.ClickHouseError;
import org.mailpulse.engine.chdb.Engine;
import org.mailpulse.engine.chdb.EngineConnection;
import org.mailpulse.engine.chdb.StatementResult;

/**
 * One request's statement on its way through the engine. It takes one of three ways:
 *
 * <ul>
 *   <li>INSERT with data: streamed in;
 *   <li>queries that only read: streamed out through a named pipe;
 *   <li>all else (DDL, INSERT … SELECT, KILL): run as a whole, the few rows of output held in memory.
 * </ul>
 *
 * @param headers of the response; filled in before its first byte
 */
record QueryRun(
        Engine engine,
        Path pipes,
        Executor runners,
        Exchange exchange,
        QueryRequest request,
        Reply reply,
        Map<String, String> headers) {

    private static final System.Logger LOG = System.getLogger(QueryRun.class.getName());
    private static final int COPY_BUFFER = 256 * 1024;
    private static final long KILL_INTERVAL_MILLIS = 200;

    void run() throws ClickHouseError, IOException {
        try (var connection = engine.open()) {
            prepare(connection);
            var text = text();
            var start = StatementStart.read(text);
            if (start.hasData()) {
                insert(connection, start, text);
            } else {
                statement(connection, start.statement());
            }
        }
    }

    private void prepare(EngineConnection connection) throws ClickHouseError {
        if (!request.database().isEmpty()) {
            connection.execute("USE " + Quoting.identifier(request.database()));
        }
        if (!request.settings().isEmpty()) {
            connection.execute(Quoting.set(request.settings()));
        }
    }

    /** SQL from the URL and from the body, as one text. */
    private InputStream text() {
        InputStream body = request.decompress() ? Lz4Blocks.decompressed(exchange.body()) : exchange.body();
        if (request.query().isEmpty()) {
            return body;
        }
        var query = (request.query() + "\n").getBytes(StandardCharsets.UTF_8);
        return new SequenceInputStream(new ByteArrayInputStream(query), body);
    }

    private void insert(EngineConnection connection, StatementStart start, InputStream rest)
            throws ClickHouseError, IOException {
        try (var insert = connection.insert(start.statement(), start.format(), request.parameters())) {
            insert.append(new SequenceInputStream(start.data(), rest));
            summarise(insert.finish());
        }
    }

    private void statement(EngineConnection connection, byte[] sql) throws ClickHouseError, IOException {
        var kind = connection.classify(sql);
        if (kind.statements() == 0) {
            // It does not parse. The engine says why, with a position that no mark of ours has moved.
            connection.query(sql, request.format(), request.parameters());
        }
        if (kind.statements() > 1) {
            throw ClickHouseError.of(62, "SYNTAX_ERROR", "Multi-statements are not allowed");
        }
        var clause = OutputClause.find(sql);
        headers.put("X-ClickHouse-Format", clause.ownFormat().orElse(request.format()));
        if (kind.readOnly()) {
            select(connection, clause);
        } else {
            whole(connection, sql);
        }
    }

    private void whole(EngineConnection connection, byte[] sql) throws ClickHouseError, IOException {
        var mark = UUID.randomUUID().toString();
        var marked = ("/* " + mark + " */ " + new String(sql, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        var running = new FutureTask<>(() -> connection.query(marked, request.format(), request.parameters()));
        exchange.onClientGone(() -> stop(running, mark));
        running.run();
        var result = outcome(running);
        summarise(result);
        var out = output();
        out.write(result.output());
        out.close();
    }

    private void select(EngineConnection connection, OutputClause query) throws ClickHouseError, IOException {
        try (var pipe = ResultPipe.create(pipes)) {
            var path = pipe.path().toString();
            var sql = query.into(path, request.format());
            var running = new FutureTask<>(() -> queryInto(pipe, connection, sql));
            runners.execute(running);
            exchange.onClientGone(() -> stop(running, path));
            var out = output();
            try {
                copy(pipe.reader(), out);
            } catch (IOException | RuntimeException e) {
                stop(running, path);
                throw e;
            } finally {
                // A closed pipe does not stop the engine: until the query has ended, it must get rid of its rows.
                copy(pipe.reader(), OutputStream.nullOutputStream());
            }
            outcome(running);
            out.close();
        }
    }

    private StatementResult queryInto(ResultPipe pipe, EngineConnection connection, byte[] sql)
            throws ClickHouseError, IOException {
        try {
            return connection.query(sql, request.format(), request.parameters());
        } finally {
            pipe.finishWriting();
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        var buffer = new byte[COPY_BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
        }
    }

    private void stop(FutureTask<?> running, String mark) {
        runners.execute(() -> killUntilDone(running, mark));
    }

    /** Repeats the request until it has worked: a query that has only just begun is not on the engine's list yet. */
    private void killUntilDone(FutureTask<?> running, String mark) {
        try {
            while (true) {
                engine.kill(mark);
                try {
                    running.get(KILL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
                    return;
                } catch (TimeoutException e) {
                    continue;
                }
            }
        } catch (ExecutionException e) {
            // It has ended, as was wished; the one who runs it looks at the reason.
            return;
        } catch (ClickHouseError e) {
            LOG.log(System.Logger.Level.WARNING, "cannot stop a query: {0}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OutputStream output() {
        return request.compress() ? Lz4Blocks.compressed(reply) : reply;
    }

    private void summarise(StatementResult result) {
        headers.put("X-ClickHouse-Summary", Summary.json(result));
    }

    private static StatementResult outcome(FutureTask<StatementResult> running) throws ClickHouseError, IOException {
        try {
            return running.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClickHouseError error) {
                throw error;
            }
            throw new IOException("the statement failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a statement ran", e);
        }
    }
}
