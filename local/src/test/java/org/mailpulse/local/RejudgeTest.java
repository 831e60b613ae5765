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

/** Two surveys of a simulated internet, judged again by the first version of the method. */
@Timeout(600)
class RejudgeTest {
    private static final int SECONDS = 280;

    @TempDir
    Path folder;

    private String mailpulse(int exitCode, String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        try (MailPulseProcess process = MailPulseProcess.start(folder.resolve("log"), all)) {
            process.endsWith(exitCode, SECONDS);
            return process.said();
        }
    }

    private List<Map<String, String>> export(String survey, String file, String... more) throws Exception {
        Path out = folder.resolve("out");
        List<String> args = new ArrayList<>(List.of("export", "--survey", survey, "--out", out.toString()));
        args.addAll(List.of(more));
        mailpulse(0, args.toArray(String[]::new));
        return Exported.maps(out.resolve(file));
    }

    @Test
    void surveysAreJudgedAgainAndTheDifferenceIsTold() throws Exception {
        mailpulse(0, "demo", "--domains", "200", "--surveys", "2", "--no-serve");
        String survey = newestSurvey();
        List<Map<String, String>> before = export(survey, "domains.csv");
        List<Map<String, String>> moves = export(survey, "transitions.csv");

        String table = mailpulse(0, "rejudge", "--method", "1");
        assertThat(table)
                .contains("judging 2 surveys", "from the archive")
                .contains("Survey " + survey + " from simulation: version 1 against version 2 of the method")
                .contains("Published shares are the same", "Largest movements", "provider");

        assertThat(export(survey, "domains.csv")).as("the newest version holds").isEqualTo(before);
        List<Map<String, String>> first = export(survey, "domains.csv", "--method", "1");
        assertThat(first).hasSameSizeAs(before).isNotEqualTo(before);
        assertThat(first).extracting(row -> row.get("level")).isEqualTo(column(before, "level"));
        assertThat(export(survey, "transitions.csv")).isEqualTo(moves);
        assertThat(count(export(survey, "transitions.csv", "--method", "1"))).isEqualTo(count(moves));

        String json = mailpulse(0, "rejudge", "--method", "2", "--from", survey, "--source", "kafka", "--json");
        JsonNode differences = new ObjectMapper().readTree(json.substring(json.indexOf("\n[") + 1));
        assertThat(differences).hasSize(1);
        JsonNode difference = differences.get(0);
        assertThat(difference.get("now").asInt()).isEqualTo(2);
        assertThat(difference.get("before").asInt()).isEqualTo(1);
        assertThat(difference.get("alike").asLong()
                        + difference.get("otherwise").asLong())
                .isEqualTo(column(before, "domain").stream().distinct().count());
        assertThat(difference.get("by_column").get("provider").asLong()).isPositive();
        assertThat(difference.get("by_column").has("level")).isFalse();
        assertThat(export(survey, "domains.csv")).isEqualTo(before);

        String refused = mailpulse(2, "export", "--survey", survey, "--method", "3", "--out", "nowhere");
        assertThat(refused.lines()).hasSize(1);
    }

    private String newestSurvey() throws Exception {
        try (var lists = Files.list(folder.resolve("data/simulator"))) {
            return lists.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("targets-"))
                    .map(name -> name.substring("targets-".length(), name.length() - ".csv".length()))
                    .max(String::compareTo)
                    .orElseThrow();
        }
    }

    private static List<String> column(List<Map<String, String>> rows, String name) {
        return rows.stream().map(row -> row.get(name)).toList();
    }

    /** Domains that moved, over all of the survey. */
    private static long count(List<Map<String, String>> moves) {
        return moves.stream()
                .filter(move -> move.get("population").equals("*"))
                .mapToLong(move -> Long.parseLong(move.get("domains")))
                .sum();
    }
}
