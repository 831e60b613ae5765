package org.mailpulse.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.verdict.Adoption;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.Level;

/** Of rows with one key the newest holds, in whatever order they arrive. */
@Timeout(60)
class ReplacementTest {
    private Warehouse warehouse;

    @BeforeEach
    void emptySchema() throws Exception {
        warehouse = SharedEngine.empty();
    }

    @Test
    void newestObservationOfADomainHoldsThoughItCameFirst() throws Exception {
        DomainVerdict late = verdict(Level.ENFORCED, Samples.SEEN.plusMillis(1), 1);
        DomainVerdict early = verdict(Level.PLAINTEXT, Samples.SEEN, 1);
        writeOneByOne(late, early);

        assertThat(Rows.firstColumn(warehouse, "SELECT level FROM verdicts_final"))
                .containsExactly("ENFORCED");
    }

    @Test
    void verdictsOfAnOlderMethodStay() throws Exception {
        writeOneByOne(verdict(Level.ENFORCED, Samples.SEEN, 1), verdict(Level.PARTIAL, Samples.SEEN, 2));

        assertThat(Rows.firstColumn(warehouse, "SELECT level FROM verdicts_final ORDER BY method_version"))
                .containsExactly("ENFORCED", "PARTIAL");
        assertThat(new Statistics(warehouse).verdicts(Samples.SURVEY, Samples.VANTAGE))
                .isEqualTo(1);
    }

    @Test
    void rowThatIsWrittenTwiceCountsOnce() throws Exception {
        writeOneByOne(verdict(Level.ENFORCED, Samples.SEEN, 1), verdict(Level.ENFORCED, Samples.SEEN, 1));

        assertThat(new Statistics(warehouse).verdicts(Samples.SURVEY, Samples.VANTAGE))
                .isEqualTo(1);
    }

    @Test
    void probedHostBeatsOneThatWasSkipped() throws Exception {
        for (var row :
                List.of(Samples.secured("mx.example", "192.0.2.1", ""), Samples.skipped("mx.example", "192.0.2.1"))) {
            try (var writer = HostTable.writer(warehouse)) {
                writer.add(row);
            }
        }

        assertThat(Rows.firstColumn(warehouse, "SELECT outcome FROM hosts_final"))
                .containsExactly("TLS_OK");
        assertThat(new Statistics(warehouse).hosts(Samples.SURVEY, Samples.VANTAGE))
                .isEqualTo(1);
    }

    @Test
    void cellWhoseDomainsAllWentAwayIsGone() throws Exception {
        RollupKey key = new RollupKey("2026-11", "oslo", "*", "no", "no", "provider.example", 1);
        Counts one = Counts.of(verdict(Level.ENFORCED, Samples.SEEN, 1));
        for (RollupRow row : List.of(new RollupRow(key, Counts.ZERO, 2), new RollupRow(key, one, 1))) {
            try (var writer = RollupTable.writer(warehouse)) {
                writer.add(row);
            }
        }

        assertThat(Rows.of(warehouse, "SELECT * FROM rollups_final")).isEmpty();
        assertThat(Rows.of(warehouse, "SELECT * FROM rollups")).isNotEmpty();
    }

    /** Each becomes a part of its own, so that replacement is left to the query. */
    private void writeOneByOne(DomainVerdict... verdicts) throws Exception {
        for (DomainVerdict verdict : verdicts) {
            try (var writer = VerdictTable.writer(warehouse)) {
                writer.add(verdict);
            }
        }
    }

    private static DomainVerdict verdict(Level level, Instant observedAt, int methodVersion) {
        return Samples.verdict(
                "a.example", List.of(), "example", "provider.example", Adoption.ALL, level, observedAt, methodVersion);
    }
}
