package org.mailpulse.warehouse;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mailpulse.model.rollup.HostMetric;
import org.mailpulse.model.rollup.HostRollupKey;

/** Table {@code host_rollups}: one column for each {@link HostMetric}. */
public final class HostRollupTable {
    private static final HostMetric[] METRICS = HostMetric.values();

    public static final String INSERT = InsertText.into("host_rollups", columns());

    private HostRollupTable() {}

    public static void bind(PreparedStatement insert, HostRollupRow row) throws SQLException {
        HostRollupKey key = row.key();
        Parameters parameters = new Parameters(insert)
                .text(key.survey())
                .text(key.vantage())
                .text(key.population())
                .text(key.tld())
                .text(key.provider());
        for (HostMetric metric : METRICS) {
            parameters.number(row.counts().get(metric));
        }
        parameters.number(key.methodVersion()).number(row.version());
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("survey", "vantage", "population", "tld", "provider"));
        Arrays.stream(METRICS).map(HostMetric::column).forEach(columns::add);
        columns.add("method_version");
        columns.add("version");
        return columns;
    }
}
