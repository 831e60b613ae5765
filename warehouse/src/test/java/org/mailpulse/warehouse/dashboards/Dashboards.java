package org.mailpulse.warehouse.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files in {@code dashboards/} and the queries in them. */
final class Dashboards {
    static final int TIME_SERIES = 0;
    static final int TABLE = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    record Dashboard(String file, JsonNode json) {
        List<JsonNode> panels() {
            return list(json.path("panels"));
        }

        List<JsonNode> variables() {
            return list(json.path("templating").path("list"));
        }

        List<PanelQuery> queries() {
            return panels().stream()
                    .flatMap(panel ->
                            list(panel.path("targets")).stream().map(target -> new PanelQuery(file, panel, target)))
                    .toList();
        }

        @Override
        public String toString() {
            return file;
        }
    }

    record PanelQuery(String file, JsonNode panel, JsonNode target) {
        String title() {
            return panel.path("title").asText();
        }

        String sql() {
            return target.path("rawSql").asText();
        }

        int format() {
            return target.path("format").asInt(TIME_SERIES);
        }

        @Override
        public String toString() {
            return file + ": " + title();
        }
    }

    private Dashboards() {}

    static Stream<Dashboard> all() {
        try (Stream<Path> files = Files.list(Path.of("..", "dashboards"))) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Dashboards::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<PanelQuery> queries() {
        return all().flatMap(dashboard -> dashboard.queries().stream());
    }

    static List<JsonNode> list(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    private static Dashboard read(Path file) {
        try {
            return new Dashboard(file.getFileName().toString(), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
