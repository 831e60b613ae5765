package org.mailpulse.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads what {@code export} wrote. */
public final class Exported {
    private Exported() {}

    public static List<Map<String, String>> maps(Path csv) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(Files.newBufferedReader(csv, StandardCharsets.UTF_8), format)) {
            return parser.stream().map(CSVRecord::toMap).toList();
        }
    }

    /** Each row as sorted text without the columns that depend on the time of the run; sorted. */
    public static List<String> rows(Path csv, String... without) throws IOException {
        return maps(csv).stream()
                .map(row -> {
                    Map<String, String> kept = new TreeMap<>(row);
                    kept.keySet().removeAll(Arrays.asList(without));
                    return kept.toString();
                })
                .sorted()
                .toList();
    }
}
