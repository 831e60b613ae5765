package org.mailpulse.warehouse.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the files and their columns mean, in words that the schema itself holds as comments. */
final class DataDictionary {
    static final String README = "README.md";
    /** Descriptor by the Data Package standard, https://datapackage.org. */
    static final String DATA_PACKAGE = "datapackage.json";

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** By table and column. */
    private final Map<String, Map<String, String>> comments;

    private DataDictionary(Map<String, Map<String, String>> comments) {
        this.comments = comments;
    }

    static DataDictionary read(Connection connection) throws SQLException {
        Map<String, Map<String, String>> comments = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT table, name, comment FROM system.columns WHERE database = currentDatabase()")) {
            while (rows.next()) {
                comments.computeIfAbsent(rows.getString(1), table -> new HashMap<>())
                        .put(rows.getString(2), rows.getString(3));
            }
        }
        return new DataDictionary(comments);
    }

    void write(String survey, List<ExportedFile> files, Path folder) throws IOException {
        Files.writeString(folder.resolve(README), readme(survey, files));
        JSON.writeValue(folder.resolve(DATA_PACKAGE).toFile(), dataPackage(survey));
    }

    private String comment(ExportTable table, ExportColumn column) {
        return comments.getOrDefault(table.explainedBy(), Map.of()).getOrDefault(column.source(), "");
    }

    private String readme(String survey, List<ExportedFile> files) {
        StringBuilder text = new StringBuilder("""
                # Mail Pulse, survey %s

                CSV by RFC 4180 in UTF-8. Times are ISO 8601 in UTC, truth values `true` and `false`; what is not known or
                does not apply is empty. Rows stand in a fixed order.

                Some columns hold text that strangers chose, such as the greeting of a mail server. It is given as it was
                received, but for control characters, in whose place stand their pictures (U+2400 to U+2421). Nothing else
                is altered: a value may begin with `=`, `+`, `-` or `@`. Before you open a file in a spreadsheet, import it
                with all columns as text, so that no such value is run as a formula.
                """.formatted(survey));
        for (ExportTable table : ExportTable.values()) {
            text.append("\n## %s\n\n%s. %d rows.\n\n| column | type | meaning |\n|---|---|---|\n"
                    .formatted(
                            table.fileName(),
                            table.title(),
                            files.get(table.ordinal()).rows()));
            for (ExportColumn column : table.columns()) {
                text.append("| %s | %s | %s |\n"
                        .formatted(column.name(), column.kind().fieldType(), comment(table, column)));
            }
        }
        return text.toString();
    }

    private Map<String, Object> dataPackage(String survey) {
        return new TreeMap<>(Map.of(
                "name",
                "mail-pulse-" + survey,
                "title",
                "Mail Pulse, survey " + survey,
                "profile",
                "tabular-data-package",
                "resources",
                Arrays.stream(ExportTable.values()).map(this::resource).toList()));
    }

    private Map<String, Object> resource(ExportTable table) {
        return new TreeMap<>(Map.of(
                "name",
                table.baseName(),
                "path",
                table.fileName(),
                "description",
                table.title(),
                "profile",
                "tabular-data-resource",
                "format",
                "csv",
                "mediatype",
                "text/csv",
                "encoding",
                "utf-8",
                "schema",
                Map.of(
                        "fields",
                        table.columns().stream()
                                .map(column -> field(table, column))
                                .toList())));
    }

    private Map<String, Object> field(ExportTable table, ExportColumn column) {
        return new TreeMap<>(Map.of(
                "name", column.name(),
                "type", column.kind().fieldType(),
                "description", comment(table, column)));
    }
}
