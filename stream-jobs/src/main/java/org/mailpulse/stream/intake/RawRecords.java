package org.mailpulse.stream.intake;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.mailpulse.model.wire.Topics;

/** Takes records off a topic as they are; it never fails, so that one bad record cannot stop the job. */
public final class RawRecords implements KafkaRecordDeserializationSchema<RawRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        boolean clock = record.headers().lastHeader(Topics.CLOCK_HEADER) != null;
        out.collect(new RawRecord(record.topic(), record.partition(), record.offset(), record.value(), clock));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return TypeInformation.of(RawRecord.class);
    }
}
