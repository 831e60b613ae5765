package org.mailpulse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the official JDBC driver needs of the engine. */
@Timeout(60)
class DriverTest {
    private static final String COLUMNS = """
            s String, lc LowCardinality(String), u8 UInt8, u16 UInt16, u32 UInt32, u64 UInt64, b Bool, a Array(String),
            t DateTime64(3, 'UTC'), ns Nullable(String), nu Nullable(UInt16), f Float64, d Date, e Enum8('NO' = 0, 'YES' = 1)""";
    private static final Instant TIME = Instant.parse("2026-11-24T08:14:15.123Z");

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

    private static void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }

    @Test
    void connectsToTheProjectsDatabaseInUtc() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT currentDatabase(), timezone(), engine"
                        + " FROM system.databases WHERE name = currentDatabase()")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("mailpulse");
            assertThat(rows.getString(2)).isEqualTo("UTC");
            assertThat(rows.getString(3)).isEqualTo("Atomic");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void batchesOfEveryColumnTypeComeBackAsTheyWent(String rowBinary) throws SQLException {
        var table = "types_" + rowBinary;
        execute("CREATE TABLE " + table + " (" + COLUMNS + ") ENGINE = MergeTree ORDER BY u32");
        var options = new Properties();
        options.setProperty("beta.row_binary_for_simple_insert", rowBinary);
        try (var connection = DriverManager.getConnection(engine.jdbcUrl(), options);
                var insert = connection.prepareStatement(
                        "INSERT INTO " + table + " (s, lc, u8, u16, u32, u64, b, a, t, ns, nu,"
                                + " f, d, e) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int row = 0; row < 3; row++) {
                insert.setString(1, "it's \\ a \"row\"\n\n\t" + row + " ✓");
                insert.setString(2, "TLS_OK");
                insert.setInt(3, 255);
                insert.setInt(4, 65_535);
                insert.setLong(5, row);
                insert.setLong(6, Long.MAX_VALUE);
                insert.setBoolean(7, true);
                insert.setArray(8, connection.createArrayOf("String", new Object[] {"a'b", "c\n\nd"}));
                insert.setObject(9, LocalDateTime.ofInstant(TIME, ZoneOffset.UTC));
                insert.setNull(10, Types.VARCHAR);
                insert.setObject(11, row == 0 ? null : 7);
                insert.setDouble(12, 0.1);
                insert.setDate(13, Date.valueOf("2026-11-01"));
                insert.setString(14, "YES");
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM " + table + " ORDER BY u32")) {
            for (int row = 0; row < 3; row++) {
                assertThat(rows.next()).isTrue();
                assertRow(rows, row);
            }
            assertThat(rows.next()).isFalse();
        }
    }

    private static void assertRow(ResultSet rows, int row) throws SQLException {
        assertThat(rows.getString("s")).isEqualTo("it's \\ a \"row\"\n\n\t" + row + " ✓");
        assertThat(rows.getString("lc")).isEqualTo("TLS_OK");
        assertThat(rows.getInt("u8")).isEqualTo(255);
        assertThat(rows.getInt("u16")).isEqualTo(65_535);
        assertThat(rows.getLong("u32")).isEqualTo(row);
        assertThat(rows.getLong("u64")).isEqualTo(Long.MAX_VALUE);
        assertThat(rows.getBoolean("b")).isTrue();
        assertThat((Object[]) rows.getArray("a").getArray()).containsExactly("a'b", "c\n\nd");
        assertThat(rows.getObject("t", ZonedDateTime.class).toInstant()).isEqualTo(TIME);
        assertThat(rows.getString("ns")).isNull();
        assertThat(rows.getObject("nu")).isEqualTo(row == 0 ? null : 7);
        assertThat(rows.getDouble("f")).isEqualTo(0.1);
        assertThat(rows.getObject("d", LocalDate.class)).isEqualTo("2026-11-01");
        assertThat(rows.getString("e")).isEqualTo("YES");
    }

    @Test
    void wrongSqlIsAnSqlExceptionWithClickHousesCode() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            assertCode(62, () -> statement.executeQuery("SELECT FROM WHERE"));
            assertCode(60, () -> statement.executeQuery("SELECT * FROM missing"));
            assertCode(47, () -> statement.executeQuery("SELECT missing"));
            assertCode(60, () -> statement.executeUpdate("INSERT INTO missing VALUES (1)"));
            assertCode(395, () -> statement.executeQuery("SELECT throwIf(number = 3) FROM numbers(10)"));
        }
    }

    private static void assertCode(int code, Callable<?> action) {
        assertThatThrownBy(action::call)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(code))
                .hasMessageContaining("DB::Exception");
    }

    @Test
    void updateCountsAreTheRowsWritten() throws SQLException {
        execute("CREATE TABLE counted (n UInt64) ENGINE = MergeTree ORDER BY n");
        try (var connection = connect();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("INSERT INTO counted VALUES (1), (2), (3)"))
                    .isEqualTo(3);
            assertThat(statement.executeUpdate("INSERT INTO counted SELECT number FROM numbers(1000)"))
                    .isEqualTo(1000);
        }
    }

    @Test
    void manyClientsWriteAndReadAtOnce() throws Exception {
        execute("CREATE TABLE shared (client UInt8, n UInt32) ENGINE = MergeTree ORDER BY (client, n)");
        var pool = Executors.newFixedThreadPool(8);
        try {
            var clients = new ArrayList<Future<Long>>();
            for (int client = 0; client < 8; client++) {
                int number = client;
                clients.add(pool.submit(() -> writeAndCount(number)));
            }
            for (var client : clients) {
                assertThat(client.get()).isEqualTo(10_000);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(number("SELECT count() FROM shared")).isEqualTo(80_000);
    }

    private static long writeAndCount(int client) throws SQLException {
        try (var connection = connect();
                var insert = connection.prepareStatement("INSERT INTO shared (client, n) VALUES (?, ?)")) {
            for (int batch = 0; batch < 10; batch++) {
                for (int row = 0; row < 1000; row++) {
                    insert.setInt(1, client);
                    insert.setInt(2, batch * 1000 + row);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
        return number("SELECT uniqExact(n) FROM shared WHERE client = " + client);
    }
}
