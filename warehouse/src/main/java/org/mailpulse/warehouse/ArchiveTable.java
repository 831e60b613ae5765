package org.mailpulse.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/** Tables {@code observations} and {@code handshakes}: of several records of one key the newest holds, see {@link #version}. */
public final class ArchiveTable {
    public static final String INSERT_OBSERVATION =
            InsertText.into("observations", "survey, vantage, domain, observed_at, json, version");
    public static final String INSERT_HANDSHAKE =
            InsertText.into("handshakes", "survey, vantage, mx_host, address, observed_at, json, version");

    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
    private static final BigInteger MAX_NANOS = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private ArchiveTable() {}

    public static void bind(PreparedStatement insert, ArchivedObservation row) throws SQLException {
        new Parameters(insert)
                .text(row.survey())
                .text(row.vantage())
                .text(row.domain())
                .time(row.observedAt())
                .text(new String(row.json(), UTF_8))
                .bigNumber(version(row.observedAt(), row.fingerprint()));
    }

    public static void bind(PreparedStatement insert, ArchivedHandshake row) throws SQLException {
        new Parameters(insert)
                .text(row.survey())
                .text(row.vantage())
                .text(row.mxHost())
                .text(row.address())
                .optionalTime(row.probedAt())
                .text(new String(row.json(), UTF_8))
                .bigNumber(version(row.probedAt(), row.fingerprint()));
    }

    /**
     * 128 bits without sign in the order in which records are newer: the moment in nanoseconds (years 1970…2554; what lies
     * outside counts as the end of that), then the fingerprint in the order of {@code long}.
     */
    static BigInteger version(Instant at, long fingerprint) {
        BigInteger moment = at == null
                ? BigInteger.ZERO
                // one more than the time: no moment at all is earlier than 1970
                : BigInteger.valueOf(at.getEpochSecond())
                        .multiply(NANOS_PER_SECOND)
                        .add(BigInteger.valueOf(at.getNano() + 1L))
                        .max(BigInteger.ONE)
                        .min(MAX_NANOS);
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(fingerprint ^ Long.MIN_VALUE));
        return moment.shiftLeft(64).or(unsigned);
    }

    public static BatchWriter<ArchivedObservation> observations(Warehouse warehouse) throws SQLException {
        return new BatchWriter<>(warehouse, INSERT_OBSERVATION, ArchiveTable::bind);
    }

    public static BatchWriter<ArchivedHandshake> handshakes(Warehouse warehouse) throws SQLException {
        return new BatchWriter<>(warehouse, INSERT_HANDSHAKE, ArchiveTable::bind);
    }
}
