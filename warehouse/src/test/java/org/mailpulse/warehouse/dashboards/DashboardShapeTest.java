package org.mailpulse.warehouse.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailpulse.warehouse.dashboards.Dashboards.Dashboard;
import org.mailpulse.warehouse.dashboards.Dashboards.PanelQuery;

/** What Grafana and the ClickHouse plugin need to find in a dashboard's file. */
class DashboardShapeTest {
    private static final int WIDTH = 24;

    private static Stream<Dashboard> all() {
        return Dashboards.all();
    }

    private static Stream<PanelQuery> queries() {
        return Dashboards.queries();
    }

    @Test
    void thereAreDashboardsAndNoTwoShareAUid() {
        assertThat(all().map(dashboard -> dashboard.json().path("uid").asText()).toList())
                .isNotEmpty()
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachPanelHasItsNumberAndTellsWhatItCounts(Dashboard dashboard) {
        assertThat(dashboard.panels())
                .extracting(panel -> panel.path("id").asInt())
                .doesNotHaveDuplicates();
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).contains("Unit: domain");
            assertThat(panel.path("targets")).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void noPanelLiesOverAnother(Dashboard dashboard) {
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : dashboard.panels()) {
            JsonNode place = panel.path("gridPos");
            int right = place.path("x").asInt() + place.path("w").asInt();
            int bottom = place.path("y").asInt() + place.path("h").asInt();
            assertThat(right).as(panel.path("title").asText()).isLessThanOrEqualTo(WIDTH);
            for (int x = place.path("x").asInt(); x < right; x++) {
                for (int y = place.path("y").asInt(); y < bottom; y++) {
                    assertThat(taken.add(x + "/" + y))
                            .as(panel.path("title").asText())
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everythingAsksTheProvisionedDataSource(Dashboard dashboard) {
        List<JsonNode> sources = dashboard.json().findValues("datasource");

        assertThat(sources)
                .hasSize(dashboard.variables().size()
                        + dashboard.panels().size()
                        + dashboard.queries().size())
                .allSatisfy(source -> {
                    assertThat(source.path("type").asText()).isEqualTo("grafana-clickhouse-datasource");
                    assertThat(source.path("uid").asText()).isEqualTo("mailpulse-clickhouse");
                });
    }

    @ParameterizedTest
    @MethodSource("all")
    void queriesOfAPanelHaveDifferentNames(Dashboard dashboard) {
        assertThat(dashboard.panels())
                .allSatisfy(panel -> assertThat(Dashboards.list(panel.path("targets")))
                        .extracting(target -> target.path("refId").asText())
                        .doesNotContain("")
                        .doesNotHaveDuplicates());
    }

    @ParameterizedTest
    @MethodSource("queries")
    void eachQueryIsInTheFormOfThePlugin(PanelQuery query) {
        JsonNode target = query.target();

        assertThat(target.path("editorType").asText()).isEqualTo("sql");
        assertThat(target.path("pluginVersion").asText()).isEqualTo("4.20.0");
        assertThat(target.path("format").isInt()).isTrue();
        assertThat(target.path("queryType").asText())
                .isEqualTo(query.format() == Dashboards.TIME_SERIES ? "timeseries" : "table");
        assertThat(query.format() == Dashboards.TIME_SERIES)
                .isEqualTo(query.panel().path("type").asText().equals("timeseries"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aPanelWithSharesSaysWhenItLeavesThemBlank(PanelQuery query) {
        boolean shares = query.sql().contains("_share");

        assertThat(query.panel().path("description").asText().contains("fewer than 20 domains"))
                .isEqualTo(shares);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDashboardWithSharesShowsWhatTheyRestOn(Dashboard dashboard) {
        String everything = dashboard.queries().stream().map(PanelQuery::sql).collect(Collectors.joining());

        assertThat(everything).contains("known AS", "eligible AS", "coverage AS");
    }
}
