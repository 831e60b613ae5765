package org.mailpulse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the official JDBC driver needs of the engine. */
@Timeout(60)
class DriverTest {
    @TempDir
    static Path folder;

    private static ClickHouseEngine engine;

    @BeforeAll
    static void start() {
        engine = ClickHouseEngine.start(EngineSettings.in(folder));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(engine.jdbcUrl());
    }

    @Test
    void selectsOne() throws SQLException {
        try (var connection = connect();
                var rows = connection.createStatement().executeQuery("SELECT 1 AS one, currentDatabase()")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt("one")).isEqualTo(1);
            assertThat(rows.getString(2)).isEqualTo("mailpulse");
        }
    }

    @Test
    void wrongSqlIsAnSqlExceptionWithClickHousesCode() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELEC 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(62));
        }
    }

    @Test
    void batchInsert() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a UInt32, b String) ENGINE = MergeTree ORDER BY a");
            try (var insert = connection.prepareStatement("INSERT INTO t (a, b) VALUES (?, ?)")) {
                for (int i = 0; i < 1000; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "it's\n\n" + i);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            try (var rows = statement.executeQuery("SELECT count(), sum(a), max(b) FROM t")) {
                rows.next();
                assertThat(rows.getLong(1)).isEqualTo(1000);
                assertThat(rows.getString(3)).isEqualTo("it's\n\n999");
            }
        }
    }
}
