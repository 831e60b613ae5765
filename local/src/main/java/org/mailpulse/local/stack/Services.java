package org.mailpulse.local.stack;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.mailpulse.broker.Broker;
import org.mailpulse.engine.ClickHouseEngine;
import org.mailpulse.engine.EngineSettings;
import org.mailpulse.survey.coordinator.TopicAdmin;
import org.mailpulse.warehouse.Migrations;
import org.mailpulse.warehouse.Warehouse;

/** Kafka and ClickHouse: those that the user named, else embedded ones that keep their data in the data folder. */
public final class Services implements Closeable {
    private final Closing closing;
    private final String kafka;
    private final Warehouse warehouse;

    private Services(Closing closing, String kafka, Warehouse warehouse) {
        this.closing = closing;
        this.kafka = kafka;
        this.warehouse = warehouse;
    }

    /**
     * Both, ready for use: topics and tables exist.
     *
     * @param kafka bootstrap servers, or null for an embedded broker
     * @param clickhouse JDBC URL, or null for an embedded engine
     */
    public static Services start(DataFolder data, String kafka, String clickhouse) throws IOException {
        Closing closing = new Closing();
        // The two take seconds each and know nothing of one another.
        CompletableFuture<String> broker = CompletableFuture.supplyAsync(() -> kafka(data, kafka, closing));
        try {
            Warehouse warehouse = warehouse(data, clickhouse, closing);
            return new Services(closing, join(broker), warehouse);
        } catch (IOException | RuntimeException e) {
            broker.handle((bootstrap, problem) -> null).join();
            closing.close();
            throw e;
        }
    }

    /** Only ClickHouse, for commands that read what is there. */
    public static Services startWarehouse(DataFolder data, String clickhouse) throws IOException {
        Closing closing = new Closing();
        try {
            return new Services(closing, null, warehouse(data, clickhouse, closing));
        } catch (IOException | RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static String kafka(DataFolder data, String given, Closing closing) {
        try {
            String bootstrap = given != null
                    ? given
                    : closing.add(Broker.start(data.kafka(), 0)).bootstrap();
            TopicAdmin.create(bootstrap);
            return bootstrap;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static Warehouse warehouse(DataFolder data, String given, Closing closing) throws IOException {
        String url = given != null
                ? given
                : closing.add(ClickHouseEngine.start(EngineSettings.in(data.clickhouse())))
                        .jdbcUrl();
        Warehouse warehouse = Warehouse.at(url);
        try {
            Migrations.apply(warehouse);
        } catch (SQLException e) {
            throw new IOException("ClickHouse is not usable: " + e.getMessage(), e);
        }
        return warehouse;
    }

    private static String join(CompletableFuture<String> started) throws IOException {
        try {
            return started.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    public String kafka() {
        return kafka;
    }

    public Warehouse warehouse() {
        return warehouse;
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }
}
