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

    DataStream<RawRecord> read(StreamExecutionEnvironment env, double perSecond) {
        String key = id;
        return env.fromSource(
                        new DataGeneratorSource<>(
                                number -> RECORDS.get(key).get(Math.toIntExact(number)),
                                records.size(),
                                RateLimiterStrategy.perSecond(perSecond),
                                TypeInformation.of(RawRecord.class)),
                        ClockWatermarks.strategy(),
                        "partition")
                .setParallelism(1)
                .uid(id);
    }
}
