package org.mailpulse.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Table {@code surveys}: which surveys there are, and which of them have ended. One writer per survey and vantage point. */
public final class SurveyStore {
    static final String INSERT = InsertText.into("surveys", """
            survey, vantage, list_id, targets, rejected, started_at, closed_at, trust_store, schema_version,
            method_version, version
            """);

    private static final String SELECT = """
            SELECT survey, vantage, list_id, targets, rejected, toUnixTimestamp64Milli(started_at),
                toUnixTimestamp64Milli(closed_at), trust_store, schema_version, method_version
            FROM surveys_final
            """;

    private final Warehouse warehouse;

    public SurveyStore(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** Notes a survey that starts; one of that name and vantage point is replaced. */
    public void start(SurveyRow row) throws SQLException {
        write(row);
    }

    /** Notes the end of a survey. */
    public void close(String survey, String vantage, Instant at) throws SQLException {
        SurveyRow row = find(survey, vantage)
                .orElseThrow(() ->
                        new IllegalArgumentException("no survey " + survey + " from " + vantage + " to be closed"));
        write(row.closed(at));
    }

    public Optional<SurveyRow> find(String survey, String vantage) throws SQLException {
        try (Connection connection = warehouse.connect();
                PreparedStatement select = connection.prepareStatement(SELECT + " WHERE survey = ? AND vantage = ?")) {
            select.setString(1, survey);
            select.setString(2, vantage);
            return rows(select).stream().findFirst();
        }
    }

    /** Newest first, then by vantage point. */
    public List<SurveyRow> all() throws SQLException {
        try (Connection connection = warehouse.connect();
                PreparedStatement select =
                        connection.prepareStatement(SELECT + " ORDER BY survey_time DESC, survey DESC, vantage")) {
            return rows(select);
        }
    }

    private static List<SurveyRow> rows(PreparedStatement select) throws SQLException {
        List<SurveyRow> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(row(rows));
            }
        }
        return found;
    }

    private static SurveyRow row(ResultSet row) throws SQLException {
        long closedAt = row.getLong(7);
        boolean open = row.wasNull();
        return new SurveyRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                Instant.ofEpochMilli(row.getLong(6)),
                open ? null : Instant.ofEpochMilli(closedAt),
                row.getString(8),
                row.getInt(9),
                row.getInt(10));
    }

    private void write(SurveyRow row) throws SQLException {
        try (Connection connection = warehouse.connect()) {
            long version = nextVersion(connection, row);
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                new Parameters(insert)
                        .text(row.survey())
                        .text(row.vantage())
                        .text(row.listId())
                        .number(row.targets())
                        .number(row.rejected())
                        .time(row.startedAt())
                        .optionalTime(row.closedAt())
                        .text(row.trustStore())
                        .number(row.schemaVersion())
                        .number(row.methodVersion())
                        .number(version);
                insert.executeUpdate();
            }
        }
    }

    /** The time, or more where the clock was set back or two writes fall into one millisecond. */
    private static long nextVersion(Connection connection, SurveyRow row) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT max(version) FROM surveys WHERE survey = ? AND vantage = ?")) {
            select.setString(1, row.survey());
            select.setString(2, row.vantage());
            try (ResultSet newest = select.executeQuery()) {
                newest.next();
                return Math.max(System.currentTimeMillis(), newest.getLong(1) + 1);
            }
        }
    }
}
