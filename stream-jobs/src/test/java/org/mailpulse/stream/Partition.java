package org.mailpulse.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.mailpulse.stream.intake.ClockWatermarks;
import org.mailpulse.stream.intake.RawRecord;

/** A list of records that is read like a partition of a topic: in order, and again from where a checkpoint was. */
final class Partition {
    private static final Map<String, List<RawRecord>> RECORDS = new ConcurrentHashMap<>();
    /** Of each partition the number of the record that was read last. */
    private static final Map<String, Long> READ = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final int number;
    private final List<RawRecord> records = new ArrayList<>();

    Partition(int number) {
        this.number = number;
        RECORDS.put(id, records);
    }

    void add(RawRecord record) {
        records.add(new RawRecord(record.topic(), number, records.size(), record.value(), record.clock()));
    }

    /** Whether all records are on their way, so that a barrier comes behind them. */
    boolean isRead() {
        return READ.getOrDefault(id, -1L) >= records.size();
    }

    DataStream<RawRecord> read(StreamExecutionEnvironment env, double perSecond) {
        return read(env, perSecond, records.size());
    }

    /** Like a topic it has no end: the last record comes again and again, but never the end of time. */
    DataStream<RawRecord> readOn(StreamExecutionEnvironment env, double perSecond) {
        return read(env, perSecond, Long.MAX_VALUE);
    }

    private DataStream<RawRecord> read(StreamExecutionEnvironment env, double perSecond, long count) {
        String key = id;
        int last = records.size() - 1;
        return env.fromSource(
                        new DataGeneratorSource<>(
                                number -> {
                                    READ.put(key, number);
                                    return RECORDS.get(key).get((int) Math.min(number, last));
                                },
                                count,
                                RateLimiterStrategy.perSecond(perSecond),
                                TypeInformation.of(RawRecord.class)),
                        ClockWatermarks.strategy(),
                        "partition")
                .setParallelism(1)
                .uid(id);
    }
}
