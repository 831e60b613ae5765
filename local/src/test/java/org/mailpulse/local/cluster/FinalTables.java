package org.mailpulse.local.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a survey has left in the tables, without what must differ between two surveys of the same world. */
record FinalTables(Map<Table, List<String>> rows) {
    private static final int SHOWN = 6;

    enum Table {
        VERDICTS("verdicts_final", "survey, survey_time, version, observed_at"),
        HOSTS("hosts_final", "survey, survey_time, version, observed_at"),
        ROLLUPS("rollups_final", "survey, survey_time, version"),
        TRANSITIONS("transitions_final", "survey, previous, survey_time, version"),
        CHANGES("changes_final", "survey, previous, survey_time");

        private final String view;
        private final String free;

        /** @param free columns that may differ: the survey's name, and when something was done */
        Table(String view, String free) {
            this.view = view;
            this.free = free;
        }
    }

    static FinalTables of(Tables tables, String survey) throws IOException, InterruptedException {
        Map<Table, List<String>> rows = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            rows.put(
                    table,
                    tables.ask("SELECT * EXCEPT (" + table.free + ") FROM " + table.view + " WHERE survey = '" + survey
                            + "' ORDER BY ALL FORMAT TSV"));
        }
        return new FinalTables(rows);
    }

    int size(Table table) {
        return rows.get(table).size();
    }

    /** @return one line for each row that only one of the two has, some of each table in full; empty if they are equal */
    List<String> differences(FinalTables expected) {
        List<String> lines = new ArrayList<>();
        for (Table table : Table.values()) {
            Map<String, Integer> surplus = new TreeMap<>();
            rows.get(table).forEach(row -> surplus.merge(row, 1, Integer::sum));
            expected.rows.get(table).forEach(row -> surplus.merge(row, -1, Integer::sum));
            surplus.values().removeIf(count -> count == 0);
            if (!surplus.isEmpty()) {
                lines.add(table + ": " + surplus.size() + " rows differ");
                surplus.entrySet().stream()
                        .limit(SHOWN)
                        .forEach(row -> lines.add((row.getValue() > 0 ? "+ " : "- ") + row.getKey()));
            }
        }
        return lines;
    }

    @Override
    public String toString() {
        List<String> sizes = new ArrayList<>();
        rows.forEach(
                (table, lines) -> sizes.add(lines.size() + " " + table.name().toLowerCase(Locale.ROOT)));
        return String.join(", ", sizes);
    }
}
