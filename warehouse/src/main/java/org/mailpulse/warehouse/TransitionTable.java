package org.mailpulse.warehouse;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Table {@code transitions}. */
public final class TransitionTable {
    public static final String INSERT = InsertText.into("transitions", """
            survey, vantage, population, tld, provider, from_level, to_level, domains, method_version, version
            """);

    private TransitionTable() {}

    public static void bind(PreparedStatement insert, TransitionRow row) throws SQLException {
        new Parameters(insert)
                .text(row.survey())
                .text(row.vantage())
                .text(row.population())
                .text(row.tld())
                .text(row.provider())
                .text(row.fromLevel())
                .text(row.toLevel())
                .number(row.domains())
                .number(row.methodVersion())
                .number(row.version());
    }

    public static BatchWriter<TransitionRow> writer(Warehouse warehouse) throws SQLException {
        return new BatchWriter<>(warehouse, INSERT, TransitionTable::bind);
    }
}
