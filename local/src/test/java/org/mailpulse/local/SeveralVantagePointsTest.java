package org.mailpulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.local.stack.DataFolder;
import org.mailpulse.local.stack.Pipeline;
import org.mailpulse.local.stack.Services;
import org.mailpulse.local.stack.SurveyRun;
import org.mailpulse.probe.ProbeSettings;
import org.mailpulse.probe.Timeouts;
import org.mailpulse.probe.tls.TrustStore;
import org.mailpulse.probe.worker.Worker;
import org.mailpulse.probe.worker.WorkerSettings;
import org.mailpulse.simulator.Simulator;
import org.mailpulse.simulator.SimulatorSettings;
import org.mailpulse.simulator.truth.Measured;
import org.mailpulse.simulator.truth.Vantage;
import org.mailpulse.simulator.world.Servers;
import org.mailpulse.survey.targets.TargetList;
import org.mailpulse.warehouse.SurveyRow;
import org.mailpulse.warehouse.SurveyStore;
import org.mailpulse.warehouse.export.CsvExport;

/**
 * One survey from three places on one Kafka, through the whole line: Bergen sees the servers as they are, on the way from
 * Oslo somebody removes STARTTLS, and Tromsø is in quarantine since its canary does not answer.
 */
@Timeout(600)
class SeveralVantagePointsTest {
    private static final String SURVEY = "2026-11";
    private static final List<String> PLACES = List.of("bergen", "oslo", "tromso");

    /** Nobody is silent in this world: a machine that is busy with other things must not make anybody unknown. */
    private static final Timeouts PATIENCE = new Timeouts(
            Duration.ofSeconds(40),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(150),
            Duration.ofSeconds(3),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));

    private static final Set<String> OFFERED = Set.of("TLS_OK", "TLS_FAILED");

    @TempDir
    Path folder;

    @Test
    void theConsensusIsTheTruthThoughOnePathStripsAndOnePlaceIsIll() throws Exception {
        SimulatorSettings world = SimulatorSettings.defaults()
                .withDomains(100)
                .withSurveys(1)
                .withSeed(11)
                .withHostile(0)
                .withLastSurvey(YearMonth.parse(SURVEY));
        try (Simulator simulator = Simulator.start(world);
                StrippingWay way = StrippingWay.to(addresses(simulator), simulator.smtpPort())) {
            survey(simulator, way);
            everyoneSeesWhatThereIsToSee(simulator);
        }
    }

    private void everyoneSeesWhatThereIsToSee(Simulator simulator) throws IOException {
        Map<String, Map<String, String>> bergen = domains("bergen");
        Map<String, Map<String, String>> oslo = domains("oslo");
        assertThat(bergen).isEqualTo(truth(simulator, "bergen"));
        assertThat(domains("consensus")).isEqualTo(truth(simulator, "consensus"));

        assertThat(oslo).hasSameSizeAs(bergen);
        assertThat(oslo.values())
                .allSatisfy(row -> assertThat(row.get("mx_yes")).isEqualTo("0"));
        assertThat(oslo)
                .allSatisfy((domain, row) -> assertThat(number(row, "mx_no"))
                        .as(domain)
                        .isLessThanOrEqualTo(withoutStarttlsSomewhere(bergen.get(domain))));
        assertThat(domains("tromso").values())
                .filteredOn(row -> row.get("status").equals("OK"))
                .hasSizeGreaterThan(40)
                .allSatisfy(row -> assertThat(row.get("adoption")).isEqualTo("UNKNOWN"));

        Map<String, Map<String, String>> hostsOfOslo = hosts("oslo");
        int suspected = 0;
        for (Map.Entry<String, Map<String, String>> host : hosts("bergen").entrySet()) {
            Map<String, String> seen = hostsOfOslo.get(host.getKey());
            if (OFFERED.contains(host.getValue().get("outcome"))) {
                assertThat(seen.get("outcome")).as(host.getKey()).isEqualTo("STRIP_SUSPECT");
                assertThat(seen.get("reason")).as(host.getKey()).isEqualTo("OFFERED_ELSEWHERE");
                suspected++;
            } else {
                assertThat(seen.get("outcome")).as(host.getKey()).isNotIn(OFFERED);
            }
        }
        assertThat(suspected).isGreaterThan(30);
        assertThat(hosts("tromso").values())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.get("reason")).isIn("VANTAGE_QUARANTINED", "OVER_CAP"));
        disagreementsAreThoseOfTheLevels();
    }

    private void disagreementsAreThoseOfTheLevels() throws IOException {
        Map<String, List<Map<String, String>>> byDomain = Exported.maps(folder.resolve("out/domains.csv")).stream()
                .collect(Collectors.groupingBy(row -> row.get("domain") + " " + row.get("population")));
        assertThat(byDomain.values()).allSatisfy(rows -> {
            Set<String> known = rows.stream()
                    .filter(row -> !row.get("vantage").equals("consensus"))
                    .filter(row ->
                            !row.get("level").isEmpty() && !row.get("level").equals("UNKNOWN"))
                    .map(row -> row.get("vantage") + " " + row.get("level"))
                    .collect(Collectors.toSet());
            long levels = known.stream()
                    .map(place -> place.substring(place.indexOf(' ')))
                    .distinct()
                    .count();
            String expected = known.size() < 2 ? "" : String.valueOf(levels > 1);
            assertThat(rows)
                    .allSatisfy(row -> assertThat(row.get("vantages_disagree"))
                            .as(row.get("domain"))
                            .isEqualTo(expected));
        });
        assertThat(byDomain.values().stream().flatMap(List::stream))
                .extracting(row -> row.get("vantages_disagree"))
                .contains("false", "");
    }

    private void survey(Simulator simulator, StrippingWay way) throws Exception {
        ProbeSettings bergen = probing(simulator, "bergen");
        ProbeSettings oslo = probing(simulator, "oslo").withSmtpPort(way.port());
        ProbeSettings tromso = probing(simulator, "tromso").withCanaries(List.of("canary.invalid"));
        simulator.writeTargets(0, folder.resolve("targets.csv"));
        TargetList targets = TargetList.load(folder.resolve("targets.csv"), folder.resolve("rejected.csv"));
        try (DataFolder data = DataFolder.open(folder.resolve("data"));
                Services services = Services.start(data, null, null);
                Pipeline pipeline = Pipeline.start(data, services, bergen, notice -> {});
                Worker second = Worker.start(oslo, WorkerSettings.of(services.kafka()));
                Worker third = Worker.start(tromso, WorkerSettings.of(services.kafka()))) {
            String trust = TrustStore.load(bergen.trustStore()).version();
            SurveyRun run = new SurveyRun(services, pipeline::requireHealthy, SURVEY, PLACES, targets, trust);
            assertThat(run.run(progress -> {})).isTrue();
            assertThat(List.of(
                            pipeline.worker().stats().observed(),
                            second.stats().observed(),
                            third.stats().observed()))
                    .as("each place has observed every domain")
                    .allSatisfy(observed -> assertThat(observed).isGreaterThanOrEqualTo(targets.size()));
            assertThat(new SurveyStore(services.warehouse()).all())
                    .extracting(SurveyRow::vantage)
                    .containsExactly("bergen", "consensus", "oslo", "tromso");
            CsvExport.write(services.warehouse(), SURVEY, folder.resolve("out"));
        }
    }

    private ProbeSettings probing(Simulator simulator, String place) throws IOException {
        Path trustStore = folder.resolve("trust.pem");
        Path trustAnchor = folder.resolve("anchor.zone");
        simulator.writeTrustStore(trustStore);
        simulator.writeTrustAnchor(trustAnchor);
        return ProbeSettings.defaults()
                .withVantage(place)
                .withEhloName("probe.example")
                .withResolvers(List.of(simulator.dnsAddress()))
                .withSmtpPort(simulator.smtpPort())
                .withPolicyPort(simulator.policyPort())
                .withTrustStore(trustStore)
                .withTrustAnchor(trustAnchor)
                .withAllowPrivate(true)
                .withTxtOptOut(false)
                .withConcurrency(15)
                .withPerAddress(15)
                .withGap(Duration.ZERO)
                .withConfirmAfter(Duration.ofMillis(300))
                .withTimeouts(PATIENCE);
    }

    private static List<InetAddress> addresses(Simulator simulator) throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (int slot = 0; slot < simulator.world().servers().count(); slot++) {
            addresses.add(InetAddress.getByAddress(Servers.address(slot)));
        }
        if (simulator.world().settings().ipv6()) {
            addresses.add(InetAddress.getByName("::1"));
        }
        return addresses;
    }

    private Map<String, Map<String, String>> truth(Simulator simulator, String place) throws IOException {
        Path file = folder.resolve("truth.csv");
        simulator.writeTruth(0, Vantage.neutral(place), Measured.ENFORCEMENT, file);
        return rows(file, place, row -> row.get("domain") + " " + row.get("population"));
    }

    private Map<String, Map<String, String>> domains(String place) throws IOException {
        return rows(folder.resolve("out/domains.csv"), place, row -> row.get("domain") + " " + row.get("population"));
    }

    private Map<String, Map<String, String>> hosts(String place) throws IOException {
        return rows(folder.resolve("out/hosts.csv"), place, row -> row.get("mx_host") + " " + row.get("address"));
    }

    /** The columns that the truth has too. */
    private static Map<String, Map<String, String>> rows(
            Path csv, String place, Function<Map<String, String>, String> key) throws IOException {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (Map<String, String> row : Exported.maps(csv)) {
            if (row.get("vantage").equals(place)) {
                Map<String, String> kept = new TreeMap<>(row);
                if (csv.endsWith("domains.csv") || csv.endsWith("truth.csv")) {
                    kept.keySet().retainAll(COLUMNS);
                }
                rows.put(key.apply(row), kept);
            }
        }
        return rows;
    }

    /** MX hosts that do not offer it at one address at least. */
    private static int withoutStarttlsSomewhere(Map<String, String> row) {
        return number(row, "mx_hosts") - number(row, "mx_yes") - number(row, "mx_unknown");
    }

    private static int number(Map<String, String> row, String column) {
        return Integer.parseInt(row.get(column));
    }

    private static final List<String> COLUMNS = List.of(
            "survey",
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
            "method_version");
}
