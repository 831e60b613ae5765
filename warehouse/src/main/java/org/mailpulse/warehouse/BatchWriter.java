package org.mailpulse.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Writes rows in batches; a batch is whole in the table or not at all. Rows are safe after {@link #flush()} or
 * {@link #close()} has returned. Not for several threads.
 */
public final class BatchWriter<T> implements AutoCloseable {
    /** Large enough that parts are few, small enough to hold the text of a batch in memory. */
    public static final int BATCH_ROWS = 10_000;

    private final Connection connection;
    private final PreparedStatement insert;
    private final RowBinder<T> binder;
    private int waiting;

    BatchWriter(Warehouse warehouse, String sql, RowBinder<T> binder) throws SQLException {
        this.binder = binder;
        this.connection = warehouse.connectForWriting();
        try {
            this.insert = connection.prepareStatement(sql);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    public void add(T row) throws SQLException {
        binder.bind(insert, row);
        insert.addBatch();
        if (++waiting >= BATCH_ROWS) {
            flush();
        }
    }

    public void addAll(Iterable<? extends T> rows) throws SQLException {
        for (T row : rows) {
            add(row);
        }
    }

    public void flush() throws SQLException {
        if (waiting > 0) {
            insert.executeBatch();
            waiting = 0;
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection;
                insert) {
            flush();
        }
    }
}
