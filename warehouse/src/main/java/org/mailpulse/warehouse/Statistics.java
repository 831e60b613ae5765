package org.mailpulse.warehouse;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.mailpulse.model.rollup.Change;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.rollup.RollupKey;

/** Questions about one survey from one vantage point, answered by the newest method version it was judged by. */
public final class Statistics {
    private static final Metric[] METRICS = Metric.values();

    private static final String SUMS =
            Arrays.stream(METRICS).map(metric -> "sum(" + metric.column() + ")").collect(joining(", "));

    private static final String OF_SURVEY = """
             FROM rollups_final
            WHERE survey = ? AND vantage = ? AND (survey, vantage, method_version) IN current_methods
            """;

    private final Warehouse warehouse;

    public Statistics(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** @param population name of a list, or {@link RollupKey#EVERYTHING} */
    public Counts totals(String survey, String vantage, String population) throws SQLException {
        String sql = "SELECT '', " + SUMS + OF_SURVEY + " AND population = ?";
        return groups(sql, survey, vantage, population).get(0).counts();
    }

    /** By one version of the method, whether it is the newest or not. */
    Counts totals(String survey, String vantage, String population, int method) throws SQLException {
        String sql = "SELECT '', " + SUMS + " FROM rollups_final WHERE survey = ? AND vantage = ? AND population = ?"
                + " AND method_version = " + method;
        return groups(sql, survey, vantage, population).get(0).counts();
    }

    /** How many domains of the survey have a verdict by one version of the method, over all vantage points. */
    public long verdictsBy(int method, String survey) throws SQLException {
        String sql = "SELECT count() FROM verdicts_final WHERE survey = ? AND method_version = ?";
        try (Connection connection = warehouse.connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, survey);
            select.setInt(2, method);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** The versions of the method that a survey was judged by, the oldest first. */
    public List<Integer> methods(String survey) throws SQLException {
        String sql = "SELECT DISTINCT method_version FROM rollups WHERE survey = ? ORDER BY method_version";
        try (Connection connection = warehouse.connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, survey);
            List<Integer> methods = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    methods.add(rows.getInt(1));
                }
            }
            return methods;
        }
    }

    /** The named lists, biggest first; lists may overlap, so they don't add up. */
    public List<Group> byPopulation(String survey, String vantage) throws SQLException {
        return groups(
                grouped("population", " AND population != ?", Integer.MAX_VALUE),
                survey,
                vantage,
                RollupKey.EVERYTHING);
    }

    /** Biggest first, at most {@code limit}. */
    public List<Group> byTld(String survey, String vantage, String population, int limit) throws SQLException {
        return groups(grouped("tld", " AND population = ?", limit), survey, vantage, population);
    }

    /** Biggest first, at most {@code limit}; the empty name holds domains whose provider could not be told. */
    public List<Group> byProvider(String survey, String vantage, String population, int limit) throws SQLException {
        return groups(grouped("provider", " AND population = ?", limit), survey, vantage, population);
    }

    /** How many domains of the survey have a verdict. */
    public long verdicts(String survey, String vantage) throws SQLException {
        return count("verdicts", survey, vantage);
    }

    /** What happened to domains since the survey before, and to how many; kinds of which there are none are missing. */
    public Map<Change.Kind, Long> changes(String survey, String vantage) throws SQLException {
        String sql = "SELECT kind, count() FROM changes_final WHERE survey = ? AND vantage = ?"
                + " AND (survey, vantage, method_version) IN current_methods GROUP BY kind";
        try (Connection connection = warehouse.connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, survey);
            select.setString(2, vantage);
            Map<Change.Kind, Long> changes = new EnumMap<>(Change.Kind.class);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    changes.put(Change.Kind.valueOf(rows.getString(1)), rows.getLong(2));
                }
            }
            return changes;
        }
    }

    /** How many endpoints of the survey have a row. */
    public long hosts(String survey, String vantage) throws SQLException {
        return count("hosts", survey, vantage);
    }

    private static String grouped(String column, String condition, int limit) {
        return "SELECT " + column + ", " + SUMS + OF_SURVEY + condition + " GROUP BY " + column
                + " HAVING sum(eligible) > 0 ORDER BY sum(eligible) DESC, " + column + " LIMIT " + limit;
    }

    private List<Group> groups(String sql, String survey, String vantage, String population) throws SQLException {
        try (Connection connection = warehouse.connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, survey);
            select.setString(2, vantage);
            select.setString(3, population);
            List<Group> groups = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    groups.add(new Group(rows.getString(1), counts(rows)));
                }
            }
            return groups;
        }
    }

    private static Counts counts(ResultSet row) throws SQLException {
        long[] values = new long[METRICS.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getLong(2 + i);
        }
        return new Counts(values);
    }

    private long count(String table, String survey, String vantage) throws SQLException {
        String sql = "SELECT count() FROM " + table + "_final WHERE survey = ? AND vantage = ? GROUP BY method_version"
                + " ORDER BY method_version DESC LIMIT 1";
        try (Connection connection = warehouse.connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, survey);
            select.setString(2, vantage);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }
}
