package org.mailpulse.stream;

import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.mailpulse.stream.intake.Aside;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what is set aside, by cause, as a metric; and logs it: the first ones all, then each time their number has
 * doubled, so that a flood of bad records is seen but cannot fill a disk.
 */
public final class AsideLog implements Sink<Aside> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(AsideLog.class);
    private static final int LOGGED_IN_FULL = 10;

    @Override
    public SinkWriter<Aside> createWriter(WriterInitContext context) {
        return new Writer(context.metricGroup());
    }

    static boolean isLogged(long count) {
        return count <= LOGGED_IN_FULL || Long.bitCount(count) == 1;
    }

    private static final class Writer implements SinkWriter<Aside> {
        private final Map<Aside.Cause, Counter> counters = new EnumMap<>(Aside.Cause.class);

        Writer(MetricGroup metrics) {
            for (Aside.Cause cause : Aside.Cause.values()) {
                counters.put(cause, metrics.counter("aside-" + cause));
            }
        }

        @Override
        public void write(Aside aside, Context context) {
            Counter counter = counters.get(aside.cause());
            counter.inc();
            if (isLogged(counter.getCount())) {
                LOG.warn("{} no. {}: {}: {}", aside.cause(), counter.getCount(), aside.place(), aside.detail());
            }
        }

        @Override
        public void flush(boolean endOfInput) {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing to release
        }
    }
}
