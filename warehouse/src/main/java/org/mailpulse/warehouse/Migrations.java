package org.mailpulse.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema up to date. A step is noted in {@code schema_migrations} once all its statements have run; since each
 * bears repeating, a process that is killed in between, or two at a time, do no harm.
 */
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private static final String LEDGER = """
            CREATE TABLE IF NOT EXISTS schema_migrations
            (
                version UInt32,
                name String,
                checksum String,
                applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
            )
            ENGINE = ReplacingMergeTree(applied_at)
            ORDER BY version
            COMMENT 'Steps of the schema that have been applied'
            """;

    private Migrations() {}

    /**
     * Creates the database and its schema where they are missing.
     *
     * @return how many steps were applied
     * @throws SQLException also if a step that was applied has another text by now
     */
    public static int apply(Warehouse warehouse) throws SQLException {
        return apply(warehouse, Migration.all());
    }

    static int apply(Warehouse warehouse, List<Migration> migrations) throws SQLException {
        createDatabase(warehouse);
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(LEDGER);
            Map<Integer, String> applied = applied(statement);
            int count = 0;
            for (Migration migration : migrations) {
                String checksum = applied.get(migration.version());
                if (checksum == null) {
                    run(statement, migration);
                    note(connection, migration);
                    count++;
                } else if (!checksum.equals(migration.checksum())) {
                    throw new SQLException("migration " + label(migration) + " was applied to " + warehouse
                            + " with another text; change the schema by a new migration");
                }
            }
            return count;
        }
    }

    /** Asks first: whoever may only use an existing database need not be allowed to create one. */
    private static void createDatabase(Warehouse warehouse) throws SQLException {
        try (Connection connection = warehouse.connectToServer();
                Statement statement = connection.createStatement()) {
            String name = warehouse.database();
            boolean exists;
            try (ResultSet found =
                    statement.executeQuery("SELECT count() FROM system.databases WHERE name = '" + name + "'")) {
                found.next();
                exists = found.getLong(1) > 0;
            }
            if (!exists) {
                statement.execute("CREATE DATABASE IF NOT EXISTS " + name);
            }
        }
    }

    private static Map<Integer, String> applied(Statement statement) throws SQLException {
        Map<Integer, String> checksums = new HashMap<>();
        try (ResultSet rows = statement.executeQuery("SELECT version, checksum FROM schema_migrations FINAL")) {
            while (rows.next()) {
                checksums.put(rows.getInt(1), rows.getString(2));
            }
        }
        return checksums;
    }

    private static void run(Statement statement, Migration migration) throws SQLException {
        LOG.info("applying migration {}", label(migration));
        for (String sql : migration.statements()) {
            try {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new SQLException("migration " + label(migration) + " failed: " + e.getMessage(), e);
            }
        }
    }

    private static void note(Connection connection, Migration migration) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO schema_migrations (version, name, checksum) VALUES (?, ?, ?)")) {
            insert.setInt(1, migration.version());
            insert.setString(2, migration.name());
            insert.setString(3, migration.checksum());
            insert.executeUpdate();
        }
    }

    private static String label(Migration migration) {
        return "%03d %s".formatted(migration.version(), migration.name());
    }
}
