package org.mailpulse.warehouse;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads whatever a statement yields, for comparison; arrays as lists. */
public final class Rows {
    private Rows() {}

    public static List<Map<String, Object>> of(Warehouse warehouse, String sql) throws Exception {
        List<Map<String, Object>> found = new ArrayList<>();
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            ResultSetMetaData meta = rows.getMetaData();
            while (rows.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    row.put(meta.getColumnName(i), value(rows.getObject(i)));
                }
                found.add(row);
            }
        }
        return found;
    }

    public static List<String> firstColumn(Warehouse warehouse, String sql) throws Exception {
        return of(warehouse, sql).stream()
                .map(row -> String.valueOf(row.values().iterator().next()))
                .toList();
    }

    public static void execute(Warehouse warehouse, String sql) throws Exception {
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Object value(Object value) throws Exception {
        if (value instanceof Array array) {
            return Arrays.asList((Object[]) array.getArray());
        }
        return value instanceof Number number && !(value instanceof Double) ? (Object) number.longValue() : value;
    }
}
