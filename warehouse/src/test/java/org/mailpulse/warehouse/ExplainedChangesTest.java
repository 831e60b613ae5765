package org.mailpulse.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.rollup.Comparison;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.rollup.TransitionKey;
import org.mailpulse.model.rollup.VerdictDigest;
import org.mailpulse.model.verdict.Adoption;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.Level;

/** Of two surveys: the parts by which a change is explained add up to the difference of what each survey counts. */
@Timeout(60)
class ExplainedChangesTest {
    private static final int DOMAINS = 2_000;
    private static final List<String> PROVIDERS = List.of("google.com", "self-hosted", "loopia.se");

    private static Warehouse warehouse;

    @BeforeAll
    static void twoSurveys() throws Exception {
        warehouse = SharedEngine.empty();
        Random random = new Random(7);
        Map<RollupKey, Counts> cells = new HashMap<>();
        Map<TransitionKey, Long> moves = new HashMap<>();
        for (int i = 0; i < DOMAINS; i++) {
            DomainVerdict before = verdict(random, i);
            DomainVerdict now = verdict(random, i);
            count(cells, "2026-10", before);
            count(cells, "2026-11", now);
            if (before != null || now != null) {
                new Comparison("2026-11", "2026-10", "oslo", "d" + i, digest(before), digest(now))
                        .transitions()
                        .forEach(move -> moves.merge(move, 1L, Long::sum));
            }
        }
        try (var rows = RollupTable.writer(warehouse)) {
            for (Map.Entry<RollupKey, Counts> cell : cells.entrySet()) {
                rows.add(new RollupRow(cell.getKey(), cell.getValue(), 1));
            }
        }
        try (var rows = TransitionTable.writer(warehouse)) {
            for (Map.Entry<TransitionKey, Long> move : moves.entrySet()) {
                rows.add(new TransitionRow(move.getKey(), move.getValue(), 1));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "explained_changes, population, ''",
        "explained_changes_by_tld, 'population, tld', ''",
        "explained_changes_by_provider, 'population, provider', ' + moved_in - moved_out'"
    })
    void thePartsAddUpToTheDifferenceInEveryCell(String view, String cell, String moved) throws Exception {
        Map<String, String> explained = new HashMap<>();
        for (Map<String, Object> row : Rows.of(
                warehouse,
                "SELECT concat_ws('|', " + cell + ", step) AS cell, domains_before, domains_now, change, climbs - falls"
                        + " + entries - exits + became_known - became_unknown" + moved + " AS parts FROM " + view)) {
            assertThat(row.get("parts")).as(row.toString()).isEqualTo(row.get("change"));
            explained.put((String) row.get("cell"), row.get("domains_before") + " > " + row.get("domains_now"));
        }

        assertThat(explained).isEqualTo(countedBySurvey(cell)).hasSizeGreaterThan(14);
    }

    @Test
    void domainsThatChangedTheProviderStayInThePanelOfTheirPopulation() throws Exception {
        assertThat(Rows.of(warehouse, """
                        SELECT sum(domains) AS moved FROM transitions_final
                        WHERE population = '*' AND provider != from_provider AND 'ABSENT' NOT IN (from_level, to_level)
                        """).get(0).get("moved")).isNotEqualTo(0L);
        assertThat(Rows.firstColumn(warehouse, """
                        SELECT DISTINCT from_provider = provider FROM transitions_final
                        WHERE 'ABSENT' IN (from_level, to_level)
                        """)).containsExactly("1");
    }

    /** From the cube alone: cell and step → domains at the step or above in either survey. */
    private static Map<String, String> countedBySurvey(String cell) throws Exception {
        Map<String, String> counted = new HashMap<>();
        List<String> steps = List.of("PLAINTEXT", "PARTIAL", "OPPORTUNISTIC", "AUTHENTICABLE", "ENFORCED");
        for (int step = 0; step < steps.size(); step++) {
            String atLeast = String.join(
                    " + ",
                    steps.subList(step, steps.size()).stream()
                            .map(name -> "level_" + name.toLowerCase(Locale.ROOT))
                            .toList());
            for (Map<String, Object> row : Rows.of(
                    warehouse,
                    "SELECT concat_ws('|', " + cell + ", '" + steps.get(step) + "') AS cell, sumIf(" + atLeast
                            + ", survey = '2026-10') AS before, sumIf(" + atLeast + ", survey = '2026-11') AS now"
                            + " FROM rollups_final GROUP BY " + cell + " HAVING sum(eligible) > 0")) {
                counted.put((String) row.get("cell"), row.get("before") + " > " + row.get("now"));
            }
        }
        return counted;
    }

    private static void count(Map<RollupKey, Counts> cells, String survey, DomainVerdict verdict) {
        if (verdict != null) {
            for (RollupKey cell : RollupKey.cellsOf(survey, "oslo", digest(verdict))) {
                cells.merge(cell, Counts.of(verdict), Counts::plus);
            }
        }
    }

    private static VerdictDigest digest(DomainVerdict verdict) {
        return verdict == null ? null : VerdictDigest.of(verdict);
    }

    /** At times no target, at times without mail. */
    private static DomainVerdict verdict(Random random, int domain) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        if (random.nextInt(8) == 0) {
            return Samples.withoutMail("d" + domain);
        }
        Level level = Level.values()[random.nextInt(Level.values().length)];
        Adoption adoption = level == Level.UNKNOWN ? Adoption.UNKNOWN : Adoption.ALL;
        List<String> populations = new ArrayList<>(List.of("gov", "top"));
        populations.removeIf(any -> random.nextBoolean());
        return Samples.eligible(
                "d" + domain,
                populations,
                domain % 3 == 0 ? "no" : "se",
                PROVIDERS.get(random.nextInt(PROVIDERS.size())),
                adoption,
                level);
    }
}
