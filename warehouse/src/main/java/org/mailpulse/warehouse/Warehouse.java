package org.mailpulse.warehouse;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where ClickHouse is. Immutable and safe to share; each caller gets a connection of its own. */
public final class Warehouse {
    /** Name of the driver's class, for class loaders that do not look for drivers by themselves. */
    public static final String DRIVER = "com.clickhouse.jdbc.Driver";

    // The database becomes part of statements, so it is held to plain identifiers.
    private static final Pattern URL =
            Pattern.compile("(jdbc:(?:ch|clickhouse)(?::https?)?://[^/?#\\s]+)/([A-Za-z_][A-Za-z0-9_]*)(\\?[^#\\s]*)?");

    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    /** Longest silence of the server within a statement. */
    private static final int SOCKET_TIMEOUT_MILLIS = 300_000;

    private final String server;
    private final String database;
    private final String parameters;
    private final Properties credentials = new Properties();

    private Warehouse(Matcher url, String user, String password) {
        server = url.group(1);
        database = url.group(2);
        parameters = url.group(3) == null ? "" : url.group(3);
        if (user != null) {
            credentials.setProperty("user", user);
        }
        if (password != null) {
            credentials.setProperty("password", password);
        }
    }

    /**
     * @param jdbcUrl e.g. {@code jdbc:clickhouse://127.0.0.1:8123/mailpulse}; driver properties may follow as parameters
     * @throws IllegalArgumentException if it is no JDBC URL of ClickHouse with a database
     */
    public static Warehouse at(String jdbcUrl) {
        return at(jdbcUrl, null, null);
    }

    /** @param user null for the server's default, as password */
    public static Warehouse at(String jdbcUrl, String user, String password) {
        Matcher url = URL.matcher(jdbcUrl == null ? "" : jdbcUrl);
        if (!url.matches()) {
            throw new IllegalArgumentException(
                    "ClickHouse is named by a JDBC URL such as jdbc:clickhouse://127.0.0.1:8123/mailpulse, not '"
                            + withoutParameters(jdbcUrl) + "'");
        }
        return new Warehouse(url, user, password);
    }

    public Connection connect() throws SQLException {
        return connect(url(database));
    }

    /**
     * A JDBC URL for writers of batches, without user and password unless they came in the URL. With this property the driver sends a batch as RowBinary, not as
     * the text of VALUES, which takes both ends less work.
     */
    public String writingUrl() {
        String property = "beta.row_binary_for_simple_insert=true";
        return url(database) + (parameters.isEmpty() ? "?" : "&") + property;
    }

    Connection connectForWriting() throws SQLException {
        return connect(writingUrl());
    }

    /** For the one moment in which our own database need not exist yet. */
    Connection connectToServer() throws SQLException {
        return connect(url("system"));
    }

    public String database() {
        return database;
    }

    /** Without parameters, among which there may be a password. */
    @Override
    public String toString() {
        return server + "/" + database;
    }

    private String url(String toDatabase) {
        return server + "/" + toDatabase + parameters;
    }

    private Connection connect(String url) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(credentials);
        properties.setProperty("connection_timeout", String.valueOf(CONNECT_TIMEOUT_MILLIS));
        properties.setProperty("socket_timeout", String.valueOf(SOCKET_TIMEOUT_MILLIS));
        try {
            return DriverManager.getConnection(url, properties);
        } catch (SQLException e) {
            throw new SQLException("ClickHouse cannot be used at " + this + ": " + rootMessage(e), e.getSQLState(), e);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }

    private static String withoutParameters(String url) {
        return url == null ? "" : url.replaceFirst("\\?.*", "?…");
    }
}
