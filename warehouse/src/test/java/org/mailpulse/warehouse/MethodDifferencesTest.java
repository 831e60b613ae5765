package org.mailpulse.warehouse;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.rollup.VerdictDigest;
import org.mailpulse.model.verdict.Adoption;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.Level;
import org.mailpulse.warehouse.MethodDifference.Movement;
import org.mailpulse.warehouse.MethodDifference.ShareChange;

/** Two judgements of one survey, set beside each other. */
@Timeout(60)
class MethodDifferencesTest {
    private static Warehouse warehouse;

    /** 22 domains stay; three change their provider, one of these its level too; one is in each judgement only. */
    @BeforeAll
    static void judgedTwice() throws Exception {
        warehouse = SharedEngine.empty();
        try (var verdicts = VerdictTable.writer(warehouse);
                var rollups = RollupTable.writer(warehouse)) {
            for (int method = 1; method <= 2; method++) {
                for (int i = 0; i < 22; i++) {
                    add(verdicts, rollups, verdict("stays" + i + ".no", "hoster", Level.OPPORTUNISTIC, method));
                }
                String provider = method == 1 ? "ms.example" : "microsoft";
                add(verdicts, rollups, verdict("a.no", provider, Level.ENFORCED, method));
                add(verdicts, rollups, verdict("b.no", provider, Level.ENFORCED, method));
                add(verdicts, rollups, verdict("c.no", provider, method == 1 ? Level.ENFORCED : Level.PARTIAL, method));
                add(verdicts, rollups, verdict("only" + method + ".no", "hoster", Level.OPPORTUNISTIC, method));
            }
        }
    }

    private static void add(BatchWriter<DomainVerdict> verdicts, BatchWriter<RollupRow> rollups, DomainVerdict verdict)
            throws Exception {
        verdicts.add(verdict);
        for (RollupKey cell : RollupKey.cellsOf(verdict.survey(), verdict.vantage(), VerdictDigest.of(verdict))) {
            // one row of a cell would replace another: each domain has a suffix of its own here
            rollups.add(new RollupRow(
                    new RollupKey(
                            cell.survey(),
                            cell.vantage(),
                            cell.population(),
                            cell.tld(),
                            verdict.domain(),
                            cell.provider(),
                            cell.methodVersion()),
                    Counts.of(verdict),
                    1));
        }
    }

    private static DomainVerdict verdict(String domain, String provider, Level level, int method) {
        return Samples.verdict(domain, List.of(), "no", provider, Adoption.ALL, level, Samples.SEEN, method);
    }

    @Test
    void differencesAreCountedByColumnAndTheLargestMovementsAreNamed() throws Exception {
        List<MethodDifference> differences = new MethodDifferences(warehouse).of(Samples.SURVEY, 2);

        assertThat(differences).hasSize(1);
        MethodDifference difference = differences.get(0);
        assertThat(difference.vantage()).isEqualTo(Samples.VANTAGE);
        assertThat(difference.before()).isEqualTo(1);
        assertThat(difference.now()).isEqualTo(2);
        assertThat(difference.alike()).isEqualTo(22);
        assertThat(difference.otherwise()).isEqualTo(3);
        assertThat(difference.onlyBefore()).isEqualTo(1);
        assertThat(difference.onlyNow()).isEqualTo(1);
        assertThat(difference.byColumn()).containsExactly(entry("provider", 3L), entry("level", 1L));
        assertThat(difference.movements())
                .containsExactly(
                        new Movement("provider", "ms.example", "microsoft", 3),
                        new Movement("level", "ENFORCED", "PARTIAL", 1));
        assertThat(difference.shares())
                .contains(
                        new ShareChange("adoption_all", 1.0, 1.0),
                        new ShareChange("level_enforced", 3 / 26.0, 2 / 26.0),
                        new ShareChange("level_partial", 0.0, 1 / 26.0));
    }

    /** So that none is forgotten when a verdict has more to say. */
    @Test
    void whateverAVerdictSaysIsComparedExceptFactsThatNoMethodChanges() throws Exception {
        assertThat(Rows.firstColumn(
                        warehouse,
                        "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'verdicts'"
                                + " AND default_kind = '' AND name NOT IN ('survey', 'vantage', 'seq', 'domain', 'populations',"
                                + " 'organisation', 'category', 'country', 'tld', 'suffix', 'implicit_mx', 'mx_hosts',"
                                + " 'certificate_ends', 'observed_at', 'method_version', 'version')"))
                .containsExactlyInAnyOrderElementsOf(MethodDifferences.COLUMNS);
    }

    @Test
    void theOlderOneCanBeComparedWithTheNewer() throws Exception {
        MethodDifference difference =
                new MethodDifferences(warehouse).of(Samples.SURVEY, 1).get(0);

        assertThat(difference.before()).isEqualTo(2);
        assertThat(difference.movements()).contains(new Movement("provider", "microsoft", "ms.example", 3));
    }

    @Test
    void whatWasJudgedOnceIsNotCompared() throws Exception {
        assertThat(new MethodDifferences(warehouse).of("1999-01", 2)).isEmpty();
        assertThat(new MethodDifferences(warehouse).of(Samples.SURVEY, 3)).isEmpty();
    }
}
