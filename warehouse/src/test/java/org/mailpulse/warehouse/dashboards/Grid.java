package org.mailpulse.warehouse.dashboards;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.mailpulse.warehouse.Warehouse;

/** What a statement yields: whole numbers as Long, times as Instant. */
record Grid(List<String> names, List<String> types, List<List<Object>> rows) {
    static Grid of(Warehouse warehouse, String sql) throws SQLException {
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            ResultSetMetaData meta = found.getMetaData();
            Grid grid = new Grid(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                grid.names.add(meta.getColumnLabel(i));
                grid.types.add(meta.getColumnTypeName(i));
            }
            while (found.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= grid.names.size(); i++) {
                    row.add(value(found, i, grid.types.get(i - 1)));
                }
                grid.rows.add(row);
            }
            return grid;
        }
    }

    private static Object value(ResultSet row, int column, String type) throws SQLException {
        if (type.contains("DateTime")) {
            ZonedDateTime time = row.getObject(column, ZonedDateTime.class);
            return time == null ? null : time.toInstant();
        }
        Object value = row.getObject(column);
        return value instanceof Number number && !(value instanceof Double) ? (Object) number.longValue() : value;
    }

    List<Object> column(int index) {
        return rows.stream().map(row -> row.get(index)).toList();
    }
}
