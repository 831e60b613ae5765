package org.mailpulse.benchmarks.stream;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.mailpulse.warehouse.Warehouse;

/** The tables that a round has filled: whether they say what they must, and emptying them for the next. */
final class Tables {
    private static final List<String> ALL =
            List.of("verdicts", "hosts", "rollups", "host_rollups", "transitions", "changes", "aside");

    private final Warehouse warehouse;

    Tables(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    void empty() throws SQLException {
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement()) {
            for (String table : ALL) {
                statement.execute("TRUNCATE TABLE " + table);
            }
        }
    }

    /** @throws IOException if a survey has not counted each of its domains just once, or lacks a comparison */
    void check(Workload workload, Variant variant) throws SQLException, IOException {
        List<Long> each = new ArrayList<>();
        List<Long> moved = new ArrayList<>();
        for (int number = 0; number < workload.surveys(); number++) {
            each.add((long) workload.domains());
            moved.add(number == 0 ? 0L : workload.domains());
        }
        List<String> surveys = surveys(workload);
        require("rollups", each, sums("rollups", "domains", surveys));
        require("transitions", moved, sums("transitions", "domains", surveys));
        if (variant.writesVerdicts()) {
            long rows = number("SELECT count() FROM verdicts FINAL");
            require("verdicts", List.of((long) workload.domains() * workload.surveys()), List.of(rows));
        }
        require("aside", List.of(0L), List.of(number("SELECT count() FROM aside")));
    }

    private static List<String> surveys(Workload workload) {
        List<String> surveys = new ArrayList<>();
        for (int number = 0; number < workload.surveys(); number++) {
            surveys.add(workload.survey(number));
        }
        return surveys;
    }

    private List<Long> sums(String table, String column, List<String> surveys) throws SQLException {
        List<Long> sums = new ArrayList<>();
        for (String survey : surveys) {
            sums.add(number("SELECT sum(" + column + ") FROM " + table + " FINAL WHERE population = '*' AND survey = '"
                    + survey + "'"));
        }
        return sums;
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void require(String table, List<Long> expected, List<Long> found) throws IOException {
        if (!expected.equals(found)) {
            throw new IOException(table + " count " + found + ", expected were " + expected);
        }
    }
}
