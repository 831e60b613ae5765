package org.mailpulse.engine.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
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
 * @param threads takes each task to a thread of its own, at once
 * @param headers of the response; filled in before its first byte
 */
record QueryRun(
        Engine engine,
        Executor threads,
        Exchange exchange,
        QueryRequest request,
        Reply reply,
        Map<String, String> headers) {

    private static final int COPY_BUFFER = 256 * 1024;

    void run() throws ClickHouseError, IOException {
        try (var connection = engine.open()) {
            prepare(connection);
            var text = text();
            var start = StatementStart.read(text);
            if (start.hasData()) {
                refuseIfReadOnly();
                insert(connection, start, text);
            } else {
                statement(connection, start.statement());
            }
        }
    }

    private void refuseIfReadOnly() throws ClickHouseError {
        if (request.readOnly()) {
            throw ClickHouseError.of(164, "READONLY", "Statements that change something need POST");
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
        headers.put(
                "X-ClickHouse-Format",
                clause.ownFormat().filter(QueryRequest::isFormatName).orElse(request.format()));
        if (kind.readOnly() && takesOutputClause(connection, clause)) {
            select(connection, clause);
        } else {
            if (!kind.readOnly()) {
                refuseIfReadOnly();
            }
            whole(connection, sql);
        }
    }

    /** A few statements (CHECK TABLE with SETTINGS) want the clause elsewhere; their output is small. */
    private boolean takesOutputClause(EngineConnection connection, OutputClause query) {
        return connection.classify(query.into("pipe", request.format())).statements() == 1;
    }

    private void whole(EngineConnection connection, byte[] sql) throws ClickHouseError, IOException {
        var mark = UUID.randomUUID().toString();
        var marked = ("/* " + mark + " */ " + new String(sql, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        var running = new RunningStatement(
                engine, threads, mark, () -> connection.query(marked, request.format(), request.parameters()));
        exchange.onClientGone(running::stop);
        running.runHere();
        var result = running.result();
        summarise(result);
        var out = output();
        out.write(result.output());
        out.close();
    }

    private void select(EngineConnection connection, OutputClause query) throws ClickHouseError, IOException {
        try (var pipe = ResultPipe.create()) {
            var sql = query.into(pipe.name(), request.format());
            var running = new RunningStatement(engine, threads, pipe.name(), () -> queryInto(pipe, connection, sql));
            running.runAside();
            exchange.onClientGone(running::stop);
            var out = output();
            try {
                copy(pipe.reader(), out);
            } catch (IOException | RuntimeException e) {
                running.stop();
                throw e;
            } finally {
                // A closed pipe does not stop the engine: until the query has ended, it must get rid of its rows.
                copy(pipe.reader(), OutputStream.nullOutputStream());
            }
            running.result();
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

    private OutputStream output() {
        return request.compress() ? Lz4Blocks.compressed(reply) : reply;
    }

    private void summarise(StatementResult result) {
        headers.put("X-ClickHouse-Summary", Summary.json(result));
    }
}
