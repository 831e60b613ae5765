package org.mailpulse.warehouse;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.mailpulse.model.rollup.Change;

/** Table {@code changes}. A change that is written again is the same. */
public final class ChangeTable {
    public static final String INSERT = InsertText.into("changes", """
            survey, previous, vantage, domain, kind, populations, tld, suffix, provider, from_provider,
            from_level, to_level, detail, method_version
            """);

    private ChangeTable() {}

    public static void bind(PreparedStatement insert, Change row) throws SQLException {
        new Parameters(insert)
                .text(row.survey())
                .text(row.previous())
                .text(row.vantage())
                .text(row.domain())
                .name(row.kind())
                .texts(row.populations())
                .text(row.tld())
                .text(row.suffix())
                .text(row.provider())
                .text(row.fromProvider())
                .name(row.from())
                .name(row.to())
                .text(row.detail())
                .number(row.methodVersion());
    }

    public static BatchWriter<Change> writer(Warehouse warehouse) throws SQLException {
        return new BatchWriter<>(warehouse, INSERT, ChangeTable::bind);
    }
}
