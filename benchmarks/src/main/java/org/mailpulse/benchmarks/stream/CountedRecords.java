package org.mailpulse.benchmarks.stream;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.mailpulse.stream.intake.RawRecord;
import org.mailpulse.stream.intake.RawRecords;

/** Takes records off the topic as the statistics job does, and tells this process how many there were. */
final class CountedRecords implements KafkaRecordDeserializationSchema<RawRecord> {
    private static final long serialVersionUID = 1L;

    private static final AtomicLong COUNT = new AtomicLong();
    private static final AtomicLong FIRST_AT = new AtomicLong();

    private final RawRecords records = new RawRecords();

    static void reset() {
        COUNT.set(0);
        FIRST_AT.set(0);
    }

    /** By all readers of this process since the reset. */
    static long count() {
        return COUNT.get();
    }

    /** {@link System#nanoTime()} of the first record since the reset, 0 before it. */
    static long firstAt() {
        return FIRST_AT.get();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        if (COUNT.getAndIncrement() == 0) {
            FIRST_AT.set(System.nanoTime());
        }
        records.deserialize(record, out);
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return records.getProducedType();
    }
}
