package org.mailpulse.stream;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.mailpulse.stream.intake.Aside;
import org.mailpulse.warehouse.ArchiveTable;
import org.mailpulse.warehouse.AsideTable;
import org.mailpulse.warehouse.ChangeTable;
import org.mailpulse.warehouse.HostRollupTable;
import org.mailpulse.warehouse.HostTable;
import org.mailpulse.warehouse.RollupTable;
import org.mailpulse.warehouse.TransitionTable;
import org.mailpulse.warehouse.VerdictTable;
import org.mailpulse.warehouse.Warehouse;

/** Batched inserts into ClickHouse, at least once; its tables keep one row of each key. */
public final class WarehouseSinks {
    /** ClickHouse wants few and large inserts; a person who watches wants to wait a second at most. */
    private static final int BATCH_ROWS = 5_000;

    private static final long BATCH_MILLIS = 1_000;

    /** With pauses of 0, 1 and 2 s; whoever is away for longer makes the job start again from its last checkpoint. */
    private static final int RETRIES = 3;

    private WarehouseSinks() {}

    /** The tables, and the archive where the settings want one. */
    public static Sinks of(JobSettings settings) {
        Sinks tables = tables(settings);
        return settings.archive()
                ? tables.withArchive(
                        sink(settings, ArchiveTable.INSERT_OBSERVATION, ArchiveTable::bind),
                        sink(settings, ArchiveTable.INSERT_HANDSHAKE, ArchiveTable::bind))
                : tables;
    }

    static Sinks tables(JobSettings settings) {
        return new Sinks(
                sink(settings, VerdictTable.INSERT, VerdictTable::bind),
                sink(settings, HostTable.INSERT, HostTable::bind),
                sink(settings, RollupTable.INSERT, RollupTable::bind),
                sink(settings, HostRollupTable.INSERT, HostRollupTable::bind),
                sink(settings, TransitionTable.INSERT, TransitionTable::bind),
                sink(settings, ChangeTable.INSERT, ChangeTable::bind),
                sink(settings, AsideTable.INSERT, WarehouseSinks::bind));
    }

    private static void bind(PreparedStatement insert, Aside aside) throws SQLException {
        AsideTable.bind(insert, aside.place(), aside.cause().name(), aside.survey(), aside.domain(), aside.detail());
    }

    private static <T> Sink<T> sink(JobSettings settings, String insert, JdbcStatementBuilder<T> binder) {
        return new QuietEnd<>(JdbcSink.<T>builder()
                .withQueryStatement(insert, binder)
                .withExecutionOptions(JdbcExecutionOptions.builder()
                        .withBatchSize(BATCH_ROWS)
                        .withBatchIntervalMs(BATCH_MILLIS)
                        .withMaxRetries(RETRIES)
                        .build())
                .buildAtLeastOnce(connection(settings)));
    }

    private static JdbcConnectionOptions connection(JobSettings settings) {
        var options = new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                .withDriverName(Warehouse.DRIVER)
                .withUrl(Warehouse.at(settings.clickhouse()).writingUrl())
                .withProperty("connection_timeout", "10000")
                .withProperty("socket_timeout", "120000");
        if (!settings.user().isEmpty()) {
            options.withUsername(settings.user()).withPassword(settings.password());
        }
        return options.build();
    }
}
