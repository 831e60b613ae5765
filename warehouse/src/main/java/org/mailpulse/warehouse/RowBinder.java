package org.mailpulse.warehouse;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Fills the parameters of an INSERT from one row. */
@FunctionalInterface
public interface RowBinder<T> {
    void bind(PreparedStatement insert, T row) throws SQLException;
}
