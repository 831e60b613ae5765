package org.mailpulse.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mailpulse.model.survey.VantageName;

/** What there is to judge again: the archived records, and how much of each survey they are. */
public final class Archive {
    /** The parts into which a survey can be cut. */
    public static final int SLICES = 256;

    /** Which table. */
    public enum Records {
        OBSERVATIONS("observations_final"),
        HANDSHAKES("handshakes_final");

        private final String view;

        Records(String view) {
            this.view = view;
        }
    }

    /**
     * One survey from one vantage point, ended or not.
     *
     * @param domains that have a verdict, by the method that judged most of them
     * @param hosts endpoints, likewise
     * @param observations in the archive, one of each domain
     * @param handshakes in the archive, one of each endpoint
     */
    public record Holding(
            String survey,
            String vantage,
            Instant startedAt,
            boolean closed,
            long domains,
            long hosts,
            long observations,
            long handshakes) {

        /** Whether all that the verdicts rest on is in the archive. The consensus rests on what the vantage points saw. */
        public boolean isWhole() {
            return isConsensus() || observations >= domains && handshakes >= hosts;
        }

        public boolean isConsensus() {
            return vantage.equals(VantageName.CONSENSUS);
        }
    }

    private static final String HOLDINGS = """
            SELECT s.survey, s.vantage, toUnixTimestamp64Milli(s.started_at), s.closed_at IS NOT NULL,
                verdicts.records, hosts.records, observations.records, handshakes.records
            FROM surveys_final AS s
            LEFT JOIN (%s) AS verdicts ON verdicts.survey = s.survey AND verdicts.vantage = s.vantage
            LEFT JOIN (%s) AS hosts ON hosts.survey = s.survey AND hosts.vantage = s.vantage
            LEFT JOIN (%s) AS observations ON observations.survey = s.survey AND observations.vantage = s.vantage
            LEFT JOIN (%s) AS handshakes ON handshakes.survey = s.survey AND handshakes.vantage = s.vantage
            ORDER BY s.survey_time, s.survey, s.vantage
            """.formatted(
                    mostJudged("verdicts_final"),
                    mostJudged("hosts_final"),
                    archived(Records.OBSERVATIONS),
                    archived(Records.HANDSHAKES));

    private final Warehouse warehouse;

    public Archive(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** Every survey that there is, the oldest first. */
    public List<Holding> holdings() throws SQLException {
        try (Connection connection = warehouse.connect();
                PreparedStatement select = connection.prepareStatement(HOLDINGS);
                ResultSet rows = select.executeQuery()) {
            List<Holding> holdings = new ArrayList<>();
            while (rows.next()) {
                holdings.add(new Holding(
                        rows.getString(1),
                        rows.getString(2),
                        Instant.ofEpochMilli(rows.getLong(3)),
                        rows.getBoolean(4),
                        rows.getLong(5),
                        rows.getLong(6),
                        rows.getLong(7),
                        rows.getLong(8)));
            }
            return holdings;
        }
    }

    /**
     * The newest record of each key in some slices of a survey, one after the other; never all at once in memory.
     *
     * @param firstSlice 0…{@value #SLICES} - 1
     * @param lastSlice likewise, and read too
     */
    public void read(Records records, String survey, int firstSlice, int lastSlice, Consumer<byte[]> reader)
            throws SQLException {
        String sql = "SELECT json FROM " + records.view + " WHERE survey = ? AND slice BETWEEN ? AND ?";
        try (Connection connection = warehouse.connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, survey);
            select.setInt(2, firstSlice);
            select.setInt(3, lastSlice);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    reader.accept(rows.getString(1).getBytes(UTF_8));
                }
            }
        }
    }

    private static String mostJudged(String view) {
        return "SELECT survey, vantage, max(judged) AS records FROM (SELECT survey, vantage, method_version, count() AS judged"
                + " FROM " + view + " GROUP BY survey, vantage, method_version) GROUP BY survey, vantage";
    }

    private static String archived(Records records) {
        return "SELECT survey, vantage, count() AS records FROM " + records.view + " GROUP BY survey, vantage";
    }
}
