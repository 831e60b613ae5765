package org.mailpulse.local;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.testbed.MailLab;
import org.mailpulse.testbed.Scenario;

/** The whole line over real servers: {@code run}, then {@code export}, and every row as expected. */
@Timeout(300)
class RealMailSurveyTest {
    private static final int RUN_SECONDS = 120;

    @TempDir
    Path folder;

    private static MailLab lab;

    @BeforeAll
    static void start() throws IOException {
        lab = MailLab.start();
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void everyRowOfASurveyOfTheLaboratoryIsAsExpected() throws Exception {
        survey(lab.open(), "--allow-private");
        rowsAreAsExpected(lab.open());
        assertThat(Exported.maps(folder.resolve("data/rejected.csv")))
                .extracting(row -> Integer.valueOf(row.get("line")))
                .containsExactlyElementsOf(lab.open().rejectedLines());
    }

    @Test
    void withoutAllowPrivateNothingIsConnectedToAndEveryRowSaysSo() throws Exception {
        long before = lab.connections();
        survey(lab.blocked());
        rowsAreAsExpected(lab.blocked());
        assertThat(lab.connections()).isEqualTo(before);
    }

    private void survey(Scenario scenario, String... options) throws Exception {
        List<String> run =
                new ArrayList<>(List.of("run", "--targets", scenario.targets().toString()));
        run.addAll(List.of("--survey", "2026-11", "--no-serve", "--ehlo-name", "prober.invalid"));
        run.addAll(List.of("--resolver", lab.resolverOption(), "--smtp-port", "" + lab.smtpPort()));
        run.addAll(List.of("--trust-store", lab.trustStore().toString()));
        run.addAll(List.of("--gap", "0.01", "--confirm-after", "0.5", "--greeting-timeout", "3"));
        run.addAll(Arrays.asList(options));
        mailpulse(run);
        mailpulse(List.of(
                "export", "--survey", "2026-11", "--out", folder.resolve("out").toString()));
    }

    private void mailpulse(List<String> args) throws Exception {
        List<String> all = new ArrayList<>(args);
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        try (MailPulseProcess process = MailPulseProcess.start(folder.resolve(args.get(0) + ".log"), all)) {
            process.endsWith(0, RUN_SECONDS);
        }
    }

    private void rowsAreAsExpected(Scenario scenario) throws IOException {
        assertThat(like(scenario.domains(), Exported.maps(folder.resolve("out/domains.csv")), "domain", "population"))
                .containsExactlyElementsOf(sorted(scenario.domains(), "domain", "population"));
        assertThat(like(scenario.hosts(), Exported.maps(folder.resolve("out/hosts.csv")), "mx_host", "address"))
                .containsExactlyElementsOf(sorted(scenario.hosts(), "mx_host", "address"));
    }

    /** The exported rows with those columns only that the expectation has. */
    private static List<Map<String, String>> like(
            List<Map<String, String>> expected, List<Map<String, String>> exported, String key, String secondKey) {
        Set<String> columns = expected.get(0).keySet();
        List<Map<String, String>> cut = new ArrayList<>();
        for (Map<String, String> row : exported) {
            Map<String, String> kept = new TreeMap<>(row);
            kept.keySet().retainAll(columns);
            cut.add(kept);
        }
        return sorted(cut, key, secondKey);
    }

    private static List<Map<String, String>> sorted(List<Map<String, String>> rows, String key, String secondKey) {
        return rows.stream()
                .map(row -> (Map<String, String>) new TreeMap<>(row))
                .sorted(comparing((Map<String, String> row) -> row.get(key)).thenComparing(row -> row.get(secondKey)))
                .toList();
    }
}
