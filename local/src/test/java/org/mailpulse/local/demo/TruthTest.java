package org.mailpulse.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.local.Exported;
import org.mailpulse.local.stack.DataFolder;
import org.mailpulse.local.stack.Services;
import org.mailpulse.probe.Timeouts;
import org.mailpulse.simulator.Simulator;
import org.mailpulse.simulator.truth.Measured;
import org.mailpulse.simulator.truth.Vantage;
import org.mailpulse.warehouse.export.CsvExport;

/**
 * Three surveys of a world in which three of ten servers misbehave, through the whole line; each exported verdict must be
 * the one that was planted. No difference is tolerated. With {@code -Dtruth.domains=5000} the worlds are bigger.
 */
@Timeout(1_200)
class TruthTest {
    private static final int DOMAINS = Integer.getInteger("truth.domains", 500);
    private static final int SURVEYS = 3;
    private static final double HOSTILE = 0.3;

    /** Long enough for a machine that is busy with other things. */
    private static final Timeouts PATIENCE = new Timeouts(
            Duration.ofSeconds(8),
            Duration.ofSeconds(6),
            Duration.ofSeconds(6),
            Duration.ofSeconds(6),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(8),
            Duration.ofSeconds(8));

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    @Execution(ExecutionMode.CONCURRENT) // most of the time is spent waiting for servers that say nothing
    void everyVerdictIsTheOneThatWasPlanted(long seed) throws Exception {
        DemoWorld world = new DemoWorld(DOMAINS, SURVEYS, seed, HOSTILE, "2026-11");
        try (DataFolder data = DataFolder.open(folder.resolve("data"));
                Services services = Services.start(data, null, null)) {
            assertThat(new Demo(data, services, world, PATIENCE).run(progress -> {}))
                    .isTrue();
            TablesBySql.assertRollups(services.warehouse());
            TablesBySql.assertTransitions(services.warehouse(), Demo.surveys(world));
            for (String survey : Demo.surveys(world)) {
                CsvExport.write(services.warehouse(), survey, folder.resolve(survey));
            }
        }
        try (Simulator simulator = Simulator.start(world.simulator())) {
            List<String> surveys = Demo.surveys(world);
            for (int survey = 0; survey < SURVEYS; survey++) {
                assertAsPlanted(simulator, survey, folder.resolve(surveys.get(survey)));
            }
        }
    }

    private void assertAsPlanted(Simulator simulator, int survey, Path exported) throws IOException {
        Path file = folder.resolve("truth.csv");
        Vantage vantage = new Vantage(Demo.VANTAGE, Demo.EHLO_NAME);
        simulator.writeTruth(survey, vantage, Measured.ENFORCEMENT, file);
        Map<String, String> planted = byDomain(file);
        assertThat(planted).hasSizeGreaterThan(DOMAINS / 2);
        assertThat(byDomain(exported.resolve("domains.csv"))).isEqualTo(planted);
    }

    /** Domain and population → all columns that the truth has. */
    private static Map<String, String> byDomain(Path csv) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (Map<String, String> row : Exported.maps(csv)) {
            Map<String, String> kept = new TreeMap<>(row);
            kept.keySet().retainAll(COLUMNS);
            rows.put(row.get("domain") + " " + row.get("population"), kept.toString());
        }
        return rows;
    }

    private static final List<String> COLUMNS = List.of(
            "survey",
            "vantage",
            "domain",
            "population",
            "tld",
            "provider",
            "status",
            "adoption",
            "level",
            "mx_hosts",
            "mx_yes",
            "mx_no",
            "mx_unknown",
            "tls_version",
            "key_exchange",
            "certificate_class",
            "dane",
            "mta_sts",
            "enforcement_broken",
            "method_version",
            "provider_evidence",
            "provider_kind",
            "tls_rpt",
            "legacy_only");
}
