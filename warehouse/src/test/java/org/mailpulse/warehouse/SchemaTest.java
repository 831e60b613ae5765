package org.mailpulse.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.model.rollup.HostMetric;
import org.mailpulse.model.rollup.Metric;

/** The schema and the program agree. */
@Timeout(60)
class SchemaTest {
    private static Warehouse warehouse;

    @BeforeAll
    static void emptySchema() throws Exception {
        warehouse = SharedEngine.empty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollups", "survey_totals"})
    void everyMetricHasItsColumnAndNoOtherCountHasOne(String table) throws Exception {
        List<String> counts = Rows.firstColumn(
                warehouse,
                "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = '" + table
                        + "' AND type = 'Int64' AND name != 'known' ORDER BY position");

        assertThat(counts)
                .containsExactlyElementsOf(
                        Arrays.stream(Metric.values()).map(Metric::column).toList());
    }

    @Test
    void everyHostMetricHasItsColumnAndNoOtherCountHasOne() throws Exception {
        assertThat(Rows.firstColumn(
                        warehouse,
                        "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'host_rollups'"
                                + " AND type = 'Int64' ORDER BY position"))
                .containsExactlyElementsOf(Arrays.stream(HostMetric.values())
                        .map(HostMetric::column)
                        .toList());
    }

    @Test
    void everyInsertNamesEveryColumnOfItsTable() throws Exception {
        for (String insert : List.of(
                VerdictTable.INSERT,
                HostTable.INSERT,
                RollupTable.INSERT,
                HostRollupTable.INSERT,
                TransitionTable.INSERT,
                ChangeTable.INSERT,
                AsideTable.INSERT,
                ArchiveTable.INSERT_OBSERVATION,
                ArchiveTable.INSERT_HANDSHAKE,
                SurveyStore.INSERT)) {
            String table = insert.split(" ")[2];
            String named = insert.substring(insert.indexOf('(') + 1, insert.indexOf(')'))
                    .replace("`", "");

            assertThat(Rows.firstColumn(
                            warehouse,
                            "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = '" + table
                                    + "' AND default_kind = '' ORDER BY position"))
                    .as(table)
                    .containsExactly(named.split(", "));
        }
    }

    @Test
    void everyColumnIsExplained() throws Exception {
        assertThat(Rows.firstColumn(warehouse, """
                        SELECT concat(table, '.', name) FROM system.columns
                        WHERE database = currentDatabase() AND comment = ''
                            AND table IN ('surveys', 'verdicts', 'hosts', 'rollups', 'host_rollups', 'transitions', 'changes', 'aside',
                                'observations', 'handshakes')
                        """)).isEmpty();
    }
}
