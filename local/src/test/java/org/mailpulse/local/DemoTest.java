package org.mailpulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.model.Schema;

/** The demo as a newcomer meets it. */
@Timeout(300)
class DemoTest {
    private static final int DEMO_SECONDS = 150;

    @TempDir
    Path folder;

    private String mailpulse(int exitCode, String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        try (MailPulseProcess process = MailPulseProcess.start(folder.resolve("log"), all)) {
            process.endsWith(exitCode, DEMO_SECONDS);
            return process.said();
        }
    }

    @Test
    void aDemoTellsItsStoryKeepsItAndIsNotMixedWithTheRealInternet() throws Exception {
        String first = mailpulse(0, "demo", "--domains", "300", "--surveys", "2", "--no-serve");
        assertThat(first).contains("A simulated mail internet, 2 surveys").contains("STARTTLS at all mail servers");

        String second = mailpulse(0, "demo", "--domains", "300", "--surveys", "2", "--no-serve");
        assertThat(second).contains("complete already");
        assertThat(second.substring(second.indexOf("A simulated"), second.indexOf("ClickHouse  ")))
                .isEqualTo(first.substring(first.indexOf("A simulated"), first.indexOf("ClickHouse  ")));

        String other = mailpulse(2, "demo", "--domains", "301", "--surveys", "2", "--no-serve");
        assertThat(other.lines()).hasSize(1);
        assertThat(other).contains("another demo");

        assertThat(mailpulse(0, "providers"))
                .contains("Quorrel Mail (quorrel)", "mailbox", "gateway", "self-hosted", "e.g. ")
                .containsPattern("without a rule: \\d+ domains in all, \\d+\\.\\d %\n  tamberhost.example ");
        JsonNode report = new ObjectMapper().readTree(mailpulse(0, "providers", "--json", "--top", "3"));
        assertThat(report.get("method").asInt()).isEqualTo(Schema.METHOD);
        assertThat(report.get("largest")).hasSize(3);
        assertThat(report.get("unmatched")).hasSize(3);
        assertThat(report.get("domains").asLong()).isBetween(200L, 300L);
        assertThat(mailpulse(2, "providers", "--vantage", "oslo")).contains("it was from simulation");

        Path list = Files.writeString(folder.resolve("list.csv"), "domain\na.example\n");
        String real = mailpulse(2, "run", "--targets", list.toString(), "--no-serve");
        assertThat(real.lines()).hasSize(1);
        assertThat(real).contains("holds a demo");
    }

    @Test
    void theTruthHasARowForEachDomainPopulationAndSurvey() throws Exception {
        Path truth = folder.resolve("truth.csv");

        mailpulse(
                0,
                "simulate",
                "--domains",
                "200",
                "--surveys",
                "3",
                "--truth",
                truth.toString(),
                "--no-serve",
                "--dir",
                folder.resolve("sim").toString());

        List<Map<String, String>> rows = Exported.maps(truth);
        assertThat(rows.stream().map(row -> row.get("survey")).distinct()).hasSize(3);
        assertThat(rows.stream().map(row -> row.get("domain")).distinct()).hasSizeGreaterThan(180);
        assertThat(folder.resolve("sim")).isDirectoryContaining(file -> file.endsWith("trust.pem"));
        assertThat(folder.resolve("sim")).isDirectoryContaining(file -> file.endsWith("anchor.zone"));
    }
}
