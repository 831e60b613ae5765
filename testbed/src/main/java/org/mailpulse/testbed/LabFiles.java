package org.mailpulse.testbed;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.mailpulse.testbed.server.Nsd;

/**
 * The laboratory's zones, targets and expected rows, which lie in folder {@code lab} as templates: <code>{net}</code>
 * and the like stand for what is only known when the servers run, and a line that starts with <code>{ipv6}</code> holds
 * only where the machine has ::1.
 */
final class LabFiles {
    private static final String IPV6_ONLY = "{ipv6}";
    private static final List<String> ORIGINS = List.of("example", "test", "fjord", "xn--fjrd-hra");

    private final Map<String, String> variables;
    private final boolean ipv6;

    LabFiles(Map<String, String> variables, boolean ipv6) {
        this.variables = Map.copyOf(variables);
        this.ipv6 = ipv6;
    }

    List<Nsd.Zone> zones() throws IOException {
        List<Nsd.Zone> zones = new ArrayList<>(List.of(Nsd.Zone.broken("wreck.test")));
        for (String origin : ORIGINS) {
            zones.add(new Nsd.Zone(origin, text(origin + ".zone")));
        }
        return zones;
    }

    /** The filled-in bytes of a file, which need not be UTF-8 throughout. */
    byte[] bytes(String name) throws IOException {
        return fill(name).getBytes(StandardCharsets.ISO_8859_1);
    }

    List<Map<String, String>> rows(String name) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(text(name)), format)) {
            return parser.stream().map(CSVRecord::toMap).toList();
        }
    }

    private String text(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** ISO 8859-1 carries every byte through a String unchanged. */
    private String fill(String name) throws IOException {
        String template;
        try (InputStream in = LabFiles.class.getResourceAsStream("lab/" + name)) {
            if (in == null) {
                throw new IOException("no file lab/" + name);
            }
            template = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        String filled = template.lines()
                .filter(line -> ipv6 || !line.startsWith(IPV6_ONLY))
                .map(line -> line.startsWith(IPV6_ONLY) ? line.substring(IPV6_ONLY.length()) : line)
                .collect(joining("\n", "", "\n"));
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            filled = filled.replace("{" + variable.getKey() + "}", variable.getValue());
        }
        return filled;
    }
}
