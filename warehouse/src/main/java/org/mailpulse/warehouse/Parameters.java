package org.mailpulse.warehouse;

import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;

/** Fills the parameters of a statement from left to right. Text and names that are null become empty. */
final class Parameters {
    private final PreparedStatement statement;
    private int position;

    Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    Parameters text(String value) throws SQLException {
        statement.setString(++position, value == null ? "" : value);
        return this;
    }

    Parameters name(Enum<?> value) throws SQLException {
        return text(value == null ? "" : value.name());
    }

    Parameters texts(List<String> values) throws SQLException {
        statement.setObject(++position, values);
        return this;
    }

    Parameters names(List<? extends Enum<?>> values) throws SQLException {
        return texts(values.stream().<String>map(Enum::name).toList());
    }

    Parameters number(long value) throws SQLException {
        statement.setLong(++position, value);
        return this;
    }

    /** Of more than 64 bits. */
    Parameters bigNumber(BigInteger value) throws SQLException {
        statement.setObject(++position, value);
        return this;
    }

    Parameters flag(boolean value) throws SQLException {
        statement.setBoolean(++position, value);
        return this;
    }

    Parameters time(Instant value) throws SQLException {
        statement.setObject(++position, value);
        return this;
    }

    Parameters optionalNumber(Number value) throws SQLException {
        return value == null ? nothing(Types.BIGINT) : number(value.longValue());
    }

    Parameters optionalFlag(Boolean value) throws SQLException {
        return value == null ? nothing(Types.BOOLEAN) : flag(value);
    }

    Parameters optionalTime(Instant value) throws SQLException {
        return value == null ? nothing(Types.TIMESTAMP) : time(value);
    }

    private Parameters nothing(int type) throws SQLException {
        statement.setNull(++position, type);
        return this;
    }
}
