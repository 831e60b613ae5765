package org.mailpulse.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.junit.jupiter.api.Test;

/** What a sink may keep to itself when its warehouse is away, and what it may not. */
class QuietEndTest {
    private static final WriterInitContext NONE = null;

    private final Away away = new Away();

    /** As the writer of Flink's JDBC connector does while nobody answers. */
    private static final class Away implements Sink<String>, SinkWriter<String> {
        private final List<String> taken = new ArrayList<>();
        private boolean closed;

        @Override
        public SinkWriter<String> createWriter(WriterInitContext context) {
            return this;
        }

        @Override
        public void write(String row, Context context) {
            taken.add(row);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            throw new IOException("away");
        }

        @Override
        public void close() {
            closed = true;
            throw new IllegalStateException("away");
        }
    }

    @Test
    void aWriterThatCannotWriteItsLastRowsEndsAllTheSame() throws Exception {
        SinkWriter<String> writer = new QuietEnd<>(away).createWriter(NONE);

        writer.write("row", null);

        assertThatCode(writer::close).doesNotThrowAnyException();
        assertThat(away.taken).containsExactly("row");
        assertThat(away.closed).isTrue();
    }

    @Test
    void noCheckpointIsCompleteWithoutItsRows() throws Exception {
        SinkWriter<String> writer = new QuietEnd<>(away).createWriter(NONE);

        assertThatThrownBy(() -> writer.flush(false)).isInstanceOf(IOException.class);
    }
}
