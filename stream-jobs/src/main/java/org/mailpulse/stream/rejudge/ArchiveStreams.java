package org.mailpulse.stream.rejudge;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.mailpulse.stream.intake.RawRecord;
import org.mailpulse.warehouse.Archive;

/** The archive as two bounded streams that look like the topics did. */
public final class ArchiveStreams {
    /** Observations that one reader takes at a time: a few seconds of work. */
    private static final long SLICE_RECORDS = 20_000;

    private final StreamExecutionEnvironment env;
    private final RejudgePlan plan;
    private final ReadArchive reader;

    /**
     * @param clickhouse JDBC URL with the database
     * @param user empty for none, as is password
     */
    public ArchiveStreams(
            StreamExecutionEnvironment env, RejudgePlan plan, String clickhouse, String user, String password) {
        this.env = env;
        this.plan = plan;
        this.reader = new ReadArchive(clickhouse, user, password);
    }

    /** Survey by survey; behind each its clock record and its watermark. */
    public DataStream<RawRecord> observations() {
        List<ArchiveSlice> slices = new ArrayList<>();
        for (String survey : plan.read()) {
            slices.addAll(ArchiveSlice.of(Archive.Records.OBSERVATIONS, survey, parts()));
            slices.add(ArchiveSlice.end(survey, plan.vantages().get(survey)));
        }
        DataStream<ArchiveSlice> ordered = slices(slices, "observation-slices")
                .assignTimestampsAndWatermarks(SliceWatermarks.strategy())
                .setParallelism(1)
                .uid("slice-watermarks");
        return read(ordered, "archived-observations");
    }

    public DataStream<RawRecord> handshakes() {
        List<ArchiveSlice> slices = new ArrayList<>();
        for (String survey : plan.surveys()) {
            slices.addAll(ArchiveSlice.of(Archive.Records.HANDSHAKES, survey, parts()));
        }
        return read(slices(slices, "handshake-slices"), "archived-handshakes");
    }

    private DataStream<ArchiveSlice> slices(List<ArchiveSlice> slices, String uid) {
        return env.fromData(slices, TypeInformation.of(ArchiveSlice.class))
                .setParallelism(1)
                .uid(uid)
                .name(uid);
    }

    private DataStream<RawRecord> read(DataStream<ArchiveSlice> slices, String uid) {
        return slices.rebalance()
                .flatMap(reader)
                .returns(TypeInformation.of(RawRecord.class))
                .uid(uid)
                .name(uid);
    }

    private int parts() {
        long records = plan.domains() / plan.surveys().size() / SLICE_RECORDS;
        return (int) Math.min(Archive.SLICES, Math.max(records, env.getParallelism()));
    }
}
