package org.mailpulse.engine.chdb;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The ClickHouse engine inside this process: one per process, and one process per data folder. A connection is held from
 * start to {@link #close()}, since the engine shuts down with its last connection and must not be started twice.
 */
public final class Engine implements AutoCloseable {
    private final Chdb chdb;
    private final String[] arguments;
    private final EngineConnection keeper;

    private Engine(Chdb chdb, String[] arguments) throws ClickHouseError {
        this.chdb = chdb;
        this.arguments = arguments;
        this.keeper = open();
    }

    /**
     * @param library libchdb.so
     * @param data folder of the tables, made if missing
     * @param serverOptions options of a ClickHouse server's configuration, such as {@code max_server_memory_usage}
     */
    public static Engine start(Path library, Path data, Map<String, String> serverOptions) throws ClickHouseError {
        var chdb = Chdb.load(library);
        chdb.chdb_set_signal_handlers_enabled(0);
        var arguments = new ArrayList<>(List.of("clickhouse", "--path=" + data));
        serverOptions.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new Engine(chdb, arguments.toArray(String[]::new));
    }

    /** Opens a connection of its own settings; takes about 0.1 ms. */
    public EngineConnection open() throws ClickHouseError {
        var address = chdb.chdb_connect(arguments.length, arguments);
        if (address == null) {
            throw ClickHouseError.fromText("The engine refused the connection; its log says why");
        }
        return new EngineConnection(chdb, address);
    }

    /** Tells the engine to stop the statement whose text holds this mark, without waiting for it. */
    public void kill(String mark) throws ClickHouseError {
        var sql = "KILL QUERY WHERE query LIKE '%" + mark + "%' AND query NOT LIKE '%KILL QUERY%' ASYNC";
        try (var connection = open()) {
            connection.query(sql.getBytes(StandardCharsets.UTF_8), "Null", Map.of());
        }
    }

    @Override
    public void close() {
        keeper.close();
    }
}
