package org.mailpulse.local.demo;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.warehouse.Warehouse;

/** What the job has counted, counted once more by plain SQL over the verdicts alone. */
final class TablesBySql {
    /** Each domain once for every list that it is in, and once for all. */
    private static final String DOMAINS =
            "SELECT *, population FROM verdicts_final ARRAY JOIN arrayConcat(['*'], populations) AS population";

    private static final String CELL = "survey, vantage, population, tld, suffix, provider, method_version";

    private TablesBySql() {}

    /** No cell of the cube may have a count that differs, and none may be missing or too many. */
    static void assertRollups(Warehouse warehouse) throws SQLException {
        Map<String, String> metrics = metrics();
        String counted = metrics.entrySet().stream()
                .map(metric -> "toInt64(countIf(" + metric.getValue() + ")) AS " + metric.getKey())
                .collect(joining(", "));
        String columns = CELL + ", " + String.join(", ", metrics.keySet());
        assertSame(
                warehouse,
                columns,
                "SELECT " + CELL + ", " + counted + " FROM (" + DOMAINS + ") GROUP BY " + CELL,
                "SELECT " + columns + " FROM rollups_final");
    }

    static void assertTransitions(Warehouse warehouse, List<String> surveys) throws SQLException {
        for (int i = 1; i < surveys.size(); i++) {
            String before = survey(surveys.get(i - 1));
            String now = survey(surveys.get(i));
            String moves =
                    "SELECT population, if(b.tld = '', a.tld, b.tld) AS tld, if(b.suffix = '', a.suffix, b.suffix)"
                            + " AS suffix, if(a.lvl = '', 'ABSENT', a.lvl) AS from_level, if(b.lvl = '', 'ABSENT', b.lvl) AS to_level,"
                            + " if(to_level = 'ABSENT', a.provider, b.provider) AS provider,"
                            + " if(from_level = 'ABSENT', b.provider, a.provider) AS from_provider"
                            + " FROM (" + before + ") AS a FULL OUTER JOIN (" + now
                            + ") AS b USING (domain, population)";
            String columns = "population, tld, suffix, provider, from_provider, from_level, to_level";
            assertSame(
                    warehouse,
                    columns + ", domains",
                    "SELECT " + columns + ", toInt64(count()) AS domains FROM (" + moves + ")"
                            + " WHERE from_level != 'ABSENT' OR to_level != 'ABSENT' GROUP BY " + columns,
                    "SELECT " + columns + ", domains FROM transitions_final WHERE survey = '" + surveys.get(i)
                            + "' AND previous = '" + surveys.get(i - 1) + "'");
        }
    }

    private static String survey(String name) {
        return "SELECT domain, population, tld, suffix, provider, level AS lvl FROM (" + DOMAINS + ") WHERE survey = '"
                + name + "'";
    }

    /** Column → condition on a row of verdicts, for whatever can be told from its columns. */
    private static Map<String, String> metrics() {
        Map<String, String> metrics = new LinkedHashMap<>();
        metrics.put("domains", "true");
        metrics.put("eligible", "status IN ('OK', 'DNS_ERROR')");
        metrics.put("implicit_mx", "implicit_mx");
        metrics.put("all_strict", "all_strict");
        metrics.put("enforcement_broken", "enforcement_broken");
        metrics.put("dane_measured", "dane != 'NOT_MEASURED'");
        metrics.put("mta_sts_measured", "mta_sts != 'NOT_MEASURED'");
        metrics.put("forward_secrecy", "key_exchange IN ('DHE', 'ECDHE', 'HYBRID_PQ')");
        Map<String, String> byPrefix = Map.of(
                "status_", "status",
                "adoption_", "adoption",
                "preferred_", "preferred_adoption",
                "level_", "level",
                "certificate_", "certificate_class",
                "key_exchange_", "key_exchange",
                "dane_", "dane",
                "mta_sts_", "mta_sts");
        for (Metric metric : Metric.values()) {
            String column = metric.column();
            byPrefix.forEach((prefix, of) -> {
                if (column.startsWith(prefix)) {
                    metrics.putIfAbsent(column, of + " = '" + metric.name().substring(prefix.length()) + "'");
                }
            });
            if (column.startsWith("flag_")) {
                metrics.put(column, "has(certificate_flags, '" + metric.name().substring("flag_".length()) + "')");
            }
            if (column.startsWith("tls_1_")) {
                String version = column.equals("tls_1_0") ? "TLSv1" : "TLSv1." + column.charAt(column.length() - 1);
                metrics.put(column, "tls_version = '" + version + "'");
            }
        }
        return metrics;
    }

    /** Both must have the same types, too: to EXCEPT a signed 5 is not an unsigned 5. */
    private static void assertSame(Warehouse warehouse, String columns, String expected, String actual)
            throws SQLException {
        List<String> differences = new ArrayList<>();
        long rows;
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement()) {
            rows = count(statement, expected);
            String sql = "SELECT 'by SQL' AS only, * FROM (" + expected + " EXCEPT " + actual + ") UNION ALL "
                    + "SELECT 'by the job' AS only, * FROM (" + actual + " EXCEPT " + expected + ") LIMIT 10";
            try (ResultSet found = statement.executeQuery(sql)) {
                while (found.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        row.append(found.getString(i)).append(' ');
                    }
                    differences.add(row.toString());
                }
            }
        }
        assertThat(rows).as(expected).isGreaterThan(10);
        assertThat(differences).as(columns).isEmpty();
    }

    private static long count(Statement statement, String sql) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT count() FROM (" + sql + ")")) {
            found.next();
            return found.getLong(1);
        }
    }
}
