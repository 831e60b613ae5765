package org.mailpulse.stream;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink whose writers end without complaint. Before a job starts again its writers are closed, and the one for JDBC tries
 * once more to write what it holds: in vain, if it is because the warehouse is away that the job starts again. Flink takes
 * an exception at that moment for a broken machine, and ends the TaskManager with all that runs on it.
 *
 * <p>Nothing is lost by silence. Rows are promised by {@link SinkWriter#flush}, before each checkpoint and at the end of
 * the input, and that does complain; rows that no checkpoint has confirmed are written again after the restart.
 */
final class QuietEnd<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(QuietEnd.class);

    private final Sink<T> rows;

    QuietEnd(Sink<T> rows) {
        this.rows = rows;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return new Writer<>(rows.createWriter(context));
    }

    private record Writer<T>(SinkWriter<T> rows) implements SinkWriter<T> {
        @Override
        public void write(T row, Context context) throws IOException, InterruptedException {
            rows.write(row, context);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException, InterruptedException {
            rows.flush(endOfInput);
        }

        @Override
        public void close() throws InterruptedException {
            try {
                rows.close();
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                LOG.warn("a writer ends with rows that it could not write; they come again: {}", e.toString());
            }
        }
    }
}
