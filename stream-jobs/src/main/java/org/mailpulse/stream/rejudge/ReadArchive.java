package org.mailpulse.stream.rejudge;

import java.sql.SQLException;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.model.survey.Clock;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.stream.intake.RawRecord;
import org.mailpulse.warehouse.Archive;
import org.mailpulse.warehouse.Warehouse;

/** Slices of a survey → its records, as if they came from a topic that holds each but once. */
final class ReadArchive extends RichFlatMapFunction<ArchiveSlice, RawRecord> {
    private static final long serialVersionUID = 1L;
    private static final String PLACE = "archive";

    private final String url;
    private final String user;
    private final String password;

    /** @param user empty for none, as is password */
    ReadArchive(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    @Override
    public void open(OpenContext context) throws ClassNotFoundException {
        Class.forName(Warehouse.DRIVER); // on a cluster nobody else would load it
    }

    @Override
    public void flatMap(ArchiveSlice slice, Collector<RawRecord> out) throws SQLException {
        if (slice.isEnd()) {
            out.collect(
                    record(slice, Wire.write(Clock.closing(slice.survey(), slice.vantages(), Instant.EPOCH)), true));
            return;
        }
        Warehouse warehouse = Warehouse.at(url, user.isEmpty() ? null : user, password.isEmpty() ? null : password);
        new Archive(warehouse)
                .read(
                        slice.records(),
                        slice.survey(),
                        slice.first(),
                        slice.last(),
                        json -> out.collect(record(slice, json, false)));
    }

    private static RawRecord record(ArchiveSlice slice, byte[] value, boolean clock) {
        String place = PLACE + "/" + slice.survey() + "/" + slice.records();
        return new RawRecord(place, slice.first(), 0, value, clock);
    }
}
