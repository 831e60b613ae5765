package org.mailpulse.warehouse;

import java.util.Collections;
import java.util.List;

/** The text of an INSERT with one parameter for each column. */
final class InsertText {
    private InsertText() {}

    static String into(String table, List<String> columns) {
        return "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }

    static String into(String table, String columns) {
        return into(table, List.of(columns.strip().split("[,\\s]+")));
    }
}
