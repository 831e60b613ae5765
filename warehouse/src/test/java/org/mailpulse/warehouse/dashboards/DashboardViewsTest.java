package org.mailpulse.warehouse.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.warehouse.SharedEngine;
import org.mailpulse.warehouse.SurveyRow;
import org.mailpulse.warehouse.SurveyStore;
import org.mailpulse.warehouse.Warehouse;

/** The views that only dashboards use. */
@Timeout(60)
class DashboardViewsTest {
    @Test
    void aSurveyThatHasJustBegunIsListedWithNothingCountedAndUnknownCoverage() throws Exception {
        Warehouse warehouse = SharedEngine.empty();
        new SurveyStore(warehouse)
                .start(SurveyRow.starting("2026-11", "oslo", "list", 40, 2, SampleSurveys.STARTED, "roots"));

        Grid grid = Grid.of(warehouse, "SELECT state, targets, counted, known, coverage FROM survey_progress");

        assertThat(grid.rows()).isEqualTo(List.of(Arrays.asList("running", 40L, 0L, 0L, null)));
    }

    @Test
    void thePartsOfReachAddUpToAllDomains() throws Exception {
        Warehouse warehouse = SharedEngine.empty();
        SampleSurveys.write(warehouse, SampleSurveys.domains());

        Grid grid = Grid.of(warehouse, """
                SELECT DISTINCT domains
                    = known + no_answer + dns_error + nxdomain + null_mx + no_address + local_only
                FROM survey_reach
                """);

        assertThat(grid.column(0)).isEqualTo(List.of(1L));
    }
}
