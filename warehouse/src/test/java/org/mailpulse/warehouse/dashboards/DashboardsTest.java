package org.mailpulse.warehouse.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailpulse.warehouse.Samples;
import org.mailpulse.warehouse.SharedEngine;
import org.mailpulse.warehouse.Warehouse;
import org.mailpulse.warehouse.dashboards.Dashboards.PanelQuery;
import org.mailpulse.warehouse.dashboards.GrafanaMacros.Variable;
import org.mailpulse.warehouse.dashboards.SampleSurveys.Domain;

/** Each query of each dashboard, as it arrives at ClickHouse, run on the engine. */
@Timeout(60)
class DashboardsTest {
    private static final Instant FROM = Instant.parse("2025-11-26T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-26T00:00:00Z");
    private static final Variable EVERY_TLD = Variable.all("com", "no", "nu", "se", "xn--p1ai");
    private static final List<Domain> DOMAINS = SampleSurveys.domains();

    private static Warehouse warehouse;

    /** What a person chose at the top of the page. */
    record Choice(String vantage, String population, Variable tlds, Instant from, Instant to) {
        GrafanaMacros macros() {
            return new GrafanaMacros(
                    from,
                    to,
                    3600,
                    Map.of("vantage", Variable.one(vantage), "population", Variable.one(population), "tld", tlds));
        }

        Expected expected() {
            return new Expected(DOMAINS, vantage, population, tlds.all() ? null : tlds.values(), from, to);
        }
    }

    private static final Choice FIRST_LOOK = new Choice("oslo", "*", EVERY_TLD, FROM, TO);

    @BeforeAll
    static void threeSurveysFromTwoVantagePoints() throws Exception {
        warehouse = SharedEngine.empty();
        SampleSurveys.write(warehouse, DOMAINS);
    }

    private static Stream<PanelQuery> queries() {
        return Dashboards.queries();
    }

    private static Stream<Arguments> queriesAndChoices() {
        List<Choice> choices = List.of(
                FIRST_LOOK,
                new Choice("bergen", "no-government", Variable.several("no", "nu"), FROM, TO),
                new Choice("oslo", "tiny", Variable.several("se"), FROM, TO),
                new Choice("oslo", "*", EVERY_TLD, FROM, Instant.parse("2026-07-01T00:00:00Z")),
                new Choice("oslo", Samples.HOSTILE, EVERY_TLD, FROM, TO));
        return queries().flatMap(query -> choices.stream().map(choice -> Arguments.of(query, choice)));
    }

    private static Stream<Arguments> queriesAndTricks() {
        return queries()
                .flatMap(query -> Stream.of("' OR 1=1 --", "\\' OR 1=1 --", "x') OR (1=1", "${vantage}", "$__fromTime")
                        .map(trick -> Arguments.of(query, trick)));
    }

    @ParameterizedTest
    @MethodSource("queriesAndChoices")
    void figuresAreThoseOfTheDomainsCountedOneByOne(PanelQuery query, Choice choice) throws Exception {
        List<List<Object>> expected = choice.expected().rows(query.title());

        assertThat(Grid.of(warehouse, choice.macros().expand(query.sql())).rows())
                .isNotEmpty()
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aSeriesIsTimeThenLabelsThenNumbersInOrderOfTime(PanelQuery query) throws Exception {
        Grid grid = Grid.of(warehouse, FIRST_LOOK.macros().expand(query.sql()));

        if (query.format() == Dashboards.TIME_SERIES) {
            assertThat(grid.names().get(0)).isEqualTo("time");
            assertThat(grid.types().get(0)).isEqualTo("DateTime('UTC')");
            assertThat(grid.types().subList(1, grid.types().size()))
                    .allSatisfy(type ->
                            assertThat(type).isIn("LowCardinality(String)", "Int64", "Nullable(Float64)", "Float64"));
            assertThat(grid.rows()).isSortedAccordingTo((a, b) -> ((Instant) a.get(0)).compareTo((Instant) b.get(0)));
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void everyOverrideNamesAColumn(PanelQuery query) throws Exception {
        Grid grid = Grid.of(warehouse, FIRST_LOOK.macros().expand(query.sql()));
        List<String> named = query.panel().path("fieldConfig").path("overrides").findValues("matcher").stream()
                .map(matcher -> matcher.path("options").asText())
                .toList();

        assertThat(grid.names()).containsAll(named);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aTimeWithoutSurveysIsEmptyAndNoError(PanelQuery query) throws Exception {
        Choice longAgo = new Choice("oslo", "*", EVERY_TLD, Instant.EPOCH, Instant.parse("2001-01-01T00:00:00Z"));

        assertThat(Grid.of(warehouse, longAgo.macros().expand(query.sql())).rows())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("queriesAndTricks")
    void aValueThatLooksLikeSqlIsOnlyAValue(PanelQuery query, String trick) throws Exception {
        Choice nothing = new Choice(trick, trick, EVERY_TLD, FROM, TO);

        assertThat(Grid.of(warehouse, nothing.macros().expand(query.sql())).rows())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aTopLevelDomainWithQuotesIsOnlyAValue(PanelQuery query) throws Exception {
        Choice nothing = new Choice("oslo", "*", Variable.several("x') OR (1=1", "' OR ''='"), FROM, TO);
        boolean asks = query.sql().contains("$tld");

        assertThat(Grid.of(warehouse, nothing.macros().expand(query.sql()))
                        .rows()
                        .isEmpty())
                .isEqualTo(asks);
    }

    private static Stream<Arguments> variables() {
        return Dashboards.all()
                .flatMap(dashboard -> dashboard.variables().stream()
                        .map(variable -> Arguments.of(variable.path("name").asText(), variable)));
    }

    @ParameterizedTest
    @MethodSource("variables")
    void aVariableOffersWhatThereIs(String name, JsonNode variable) throws Exception {
        Map<String, List<Object>> offered = Map.of(
                "vantage", List.of("bergen", "oslo"),
                "population", List.of("*", Samples.HOSTILE, "no-government", "tiny"),
                "tld", List.of("com", "no", "nu", "se", "xn--p1ai"));
        String sql = variable.path("query").path("rawSql").asText();

        assertThat(Grid.of(warehouse, FIRST_LOOK.macros().expand(sql)).column(0))
                .isEqualTo(offered.get(name));
        assertThat(variable.path("definition").asText()).isEqualTo(sql);
    }
}
