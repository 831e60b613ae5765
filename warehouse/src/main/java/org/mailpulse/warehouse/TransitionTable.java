package org.mailpulse.warehouse;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.mailpulse.model.rollup.TransitionKey;

/** Table {@code transitions}. */
public final class TransitionTable {
    public static final String INSERT = InsertText.into("transitions", """
            survey, previous, vantage, population, tld, suffix, provider, from_provider, from_level, to_level,
            domains, method_version, version
            """);

    private TransitionTable() {}

    public static void bind(PreparedStatement insert, TransitionRow row) throws SQLException {
        TransitionKey key = row.key();
        new Parameters(insert)
                .text(key.survey())
                .text(key.previous())
                .text(key.vantage())
                .text(key.population())
                .text(key.tld())
                .text(key.suffix())
                .text(key.provider())
                .text(key.fromProvider())
                .name(key.from())
                .name(key.to())
                .number(row.domains())
                .number(key.methodVersion())
                .number(row.version());
    }

    public static BatchWriter<TransitionRow> writer(Warehouse warehouse) throws SQLException {
        return new BatchWriter<>(warehouse, INSERT, TransitionTable::bind);
    }
}
