package org.mailpulse.warehouse;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.rollup.RollupKey;

/** Table {@code rollups}: one column for each {@link Metric}. */
public final class RollupTable {
    private static final Metric[] METRICS = Metric.values();

    public static final String INSERT = InsertText.into("rollups", columns());

    private RollupTable() {}

    public static void bind(PreparedStatement insert, RollupRow row) throws SQLException {
        bind(insert, row.key(), row.counts(), row.version());
    }

    /** @param version of several rows with one key the one with the greatest version holds; not negative */
    public static void bind(PreparedStatement insert, RollupKey key, Counts counts, long version) throws SQLException {
        Parameters parameters = new Parameters(insert)
                .text(key.survey())
                .text(key.vantage())
                .text(key.population())
                .text(key.tld())
                .text(key.suffix())
                .text(key.provider());
        for (Metric metric : METRICS) {
            parameters.number(counts.get(metric));
        }
        parameters.number(key.methodVersion()).number(version);
    }

    public static BatchWriter<RollupRow> writer(Warehouse warehouse) throws SQLException {
        return new BatchWriter<>(warehouse, INSERT, RollupTable::bind);
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("survey", "vantage", "population", "tld", "suffix", "provider"));
        Arrays.stream(METRICS).map(Metric::column).forEach(columns::add);
        columns.add("method_version");
        columns.add("version");
        return columns;
    }
}
