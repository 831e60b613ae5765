package org.mailpulse.warehouse;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.rollup.Share;
import org.mailpulse.warehouse.MethodDifference.Movement;
import org.mailpulse.warehouse.MethodDifference.ShareChange;

/** What changes when surveys are judged by another version of the method. */
public final class MethodDifferences {
    /** What a verdict says, as columns of {@code verdicts}. */
    static final List<String> COLUMNS = List.of(
            "status",
            "reason",
            "adoption",
            "preferred_adoption",
            "all_strict",
            "level",
            "provider",
            "provider_evidence",
            "provider_kind",
            "mx_yes",
            "mx_no",
            "mx_mixed",
            "mx_unknown",
            "tls_version",
            "key_exchange",
            "certificate_class",
            "certificate_flags",
            "dane",
            "mta_sts",
            "enforcement_broken",
            "tls_rpt",
            "legacy_only",
            "vantages_disagree",
            "strip_suspected");

    /** Those of which it is told what became what. */
    private static final List<String> MOVING = List.of(
            "status",
            "adoption",
            "level",
            "provider",
            "tls_version",
            "key_exchange",
            "certificate_class",
            "dane",
            "mta_sts");

    private static final List<Metric> PUBLISHED = List.of(
            Metric.ADOPTION_NONE,
            Metric.ADOPTION_SOME,
            Metric.ADOPTION_ALL,
            Metric.LEVEL_PLAINTEXT,
            Metric.LEVEL_PARTIAL,
            Metric.LEVEL_OPPORTUNISTIC,
            Metric.LEVEL_AUTHENTICABLE,
            Metric.LEVEL_ENFORCED);

    private static final int MOVEMENTS = 10;

    private static final String OF_METHOD =
            "(SELECT * FROM verdicts_final WHERE survey = ? AND vantage = ? AND method_version = ?)";

    /** Both sides in the order of the table's key, so that nothing is held in memory; a domain that is missing is ''. */
    private static final String PAIRS =
            " FROM " + OF_METHOD + " AS a FULL OUTER JOIN " + OF_METHOD + " AS b ON a.domain = b.domain";

    private static final String BOTH = "a.domain != '' AND b.domain != ''";
    private static final String SORTED_MERGE = " SETTINGS join_algorithm = 'full_sorting_merge'";

    private static final String ALIKE =
            COLUMNS.stream().map(MethodDifferences::same).collect(joining(" AND ", "(", ")"));

    private static final String COUNTED =
            "SELECT countIf(" + BOTH + " AND " + ALIKE + "), countIf(" + BOTH + " AND NOT "
                    + ALIKE + "), countIf(b.domain = ''), countIf(a.domain = ''), "
                    + COLUMNS.stream()
                            .map(column -> "countIf(" + BOTH + " AND NOT " + same(column) + ")")
                            .collect(joining(", "));

    private static final String MOVED = "SELECT tupleElement(move, 1) AS column, tupleElement(move, 2) AS was,"
            + " tupleElement(move, 3) AS is, count() AS domains FROM (SELECT arrayJoin("
            + MOVING.stream()
                    .map(column -> "('" + column + "', toString(a." + column + "), toString(b." + column + "))")
                    .collect(joining(", ", "[", "]"))
            + ") AS move" + PAIRS + " WHERE " + BOTH + SORTED_MERGE
            + ") WHERE was != is GROUP BY column, was, is ORDER BY domains DESC, column, was, is LIMIT " + MOVEMENTS;

    private final Warehouse warehouse;
    private final Statistics statistics;

    public MethodDifferences(Warehouse warehouse) {
        this.warehouse = warehouse;
        this.statistics = new Statistics(warehouse);
    }

    /**
     * One for each vantage point whose verdicts by {@code method} can be compared with those of another version: the newest
     * other one.
     */
    public List<MethodDifference> of(String survey, int method) throws SQLException {
        List<MethodDifference> differences = new ArrayList<>();
        for (String vantage : vantages(survey, method)) {
            OptionalInt before = otherMethod(survey, vantage, method);
            if (before.isPresent()) {
                differences.add(compare(survey, vantage, before.getAsInt(), method));
            }
        }
        return differences;
    }

    /** What is not known, NULL, is like itself. */
    private static String same(String column) {
        return "(ifNull(toString(a." + column + "), '') = ifNull(toString(b." + column + "), ''))";
    }

    private MethodDifference compare(String survey, String vantage, int before, int now) throws SQLException {
        try (Connection connection = warehouse.connect();
                PreparedStatement counted =
                        select(connection, COUNTED + PAIRS + SORTED_MERGE, survey, vantage, before, now);
                PreparedStatement moved = select(connection, MOVED, survey, vantage, before, now)) {
            try (ResultSet row = counted.executeQuery()) {
                row.next();
                return new MethodDifference(
                        survey,
                        vantage,
                        before,
                        now,
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        byColumn(row),
                        shares(survey, vantage, before, now),
                        movements(moved));
            }
        }
    }

    private static Map<String, Long> byColumn(ResultSet row) throws SQLException {
        Map<String, Long> differing = new LinkedHashMap<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            long domains = row.getLong(5 + i);
            if (domains > 0) {
                differing.put(COLUMNS.get(i), domains);
            }
        }
        Map<String, Long> ordered = new LinkedHashMap<>();
        differing.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(column -> ordered.put(column.getKey(), column.getValue()));
        return ordered;
    }

    private static List<Movement> movements(PreparedStatement moved) throws SQLException {
        List<Movement> movements = new ArrayList<>();
        try (ResultSet rows = moved.executeQuery()) {
            while (rows.next()) {
                movements.add(new Movement(rows.getString(1), rows.getString(2), rows.getString(3), rows.getLong(4)));
            }
        }
        return movements;
    }

    private List<ShareChange> shares(String survey, String vantage, int before, int now) throws SQLException {
        Group then = new Group("", statistics.totals(survey, vantage, RollupKey.EVERYTHING, before));
        Group today = new Group("", statistics.totals(survey, vantage, RollupKey.EVERYTHING, now));
        return PUBLISHED.stream()
                .map(metric ->
                        new ShareChange(metric.column(), published(then.share(metric)), published(today.share(metric))))
                .toList();
    }

    private static Double published(Share share) {
        return share.isPublishable() ? share.value() : null;
    }

    private List<String> vantages(String survey, int method) throws SQLException {
        String sql = "SELECT DISTINCT vantage FROM verdicts WHERE survey = ? AND method_version = ? ORDER BY vantage";
        try (Connection connection = warehouse.connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, survey);
            select.setInt(2, method);
            List<String> vantages = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    vantages.add(rows.getString(1));
                }
            }
            return vantages;
        }
    }

    private OptionalInt otherMethod(String survey, String vantage, int method) throws SQLException {
        String sql =
                "SELECT max(method_version) FROM verdicts WHERE survey = ? AND vantage = ? AND method_version != ?";
        try (Connection connection = warehouse.connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, survey);
            select.setString(2, vantage);
            select.setInt(3, method);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                int other = row.getInt(1);
                return other == 0 ? OptionalInt.empty() : OptionalInt.of(other);
            }
        }
    }

    private static PreparedStatement select(
            Connection connection, String sql, String survey, String vantage, int before, int now) throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql);
        select.setString(1, survey);
        select.setString(2, vantage);
        select.setInt(3, before);
        select.setString(4, survey);
        select.setString(5, vantage);
        select.setInt(6, now);
        return select;
    }
}
