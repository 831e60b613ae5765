package org.mailpulse.survey.targets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Where the header says that each column stands; columns that mean nothing to us are passed over. */
final class Columns {
    private static final String DOMAIN = "domain";
    private static final CSVFormat QUOTED =
            CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).get();

    private final List<String> names;

    private Columns(List<String> names) {
        this.names = names;
    }

    static Columns of(String header) throws TargetListException {
        List<String> names = fields(header);
        if (names == null) {
            throw new TargetListException("line 1: the header's quotes do not close");
        }
        names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        if (!names.contains(DOMAIN)) {
            throw new TargetListException(
                    "line 1: the header needs a column 'domain' (names parted by commas), but is: "
                            + Excerpt.of(header));
        }
        for (String known : List.of(DOMAIN, "population", "organisation", "category", "country")) {
            if (names.indexOf(known) != names.lastIndexOf(known)) {
                throw new TargetListException("line 1: the header names column '" + known + "' twice");
            }
        }
        return new Columns(names);
    }

    /**
     * The fields of one line, blanks around them stripped. A quoted field ends on its line: a quote left open would
     * otherwise swallow the rest of the file in silence.
     *
     * @return null where quotes do not close
     */
    static List<String> fields(String line) {
        List<String> fields = line.indexOf('"') < 0 ? List.of(line.split(",", -1)) : quotedFields(line);
        return fields == null ? null : fields.stream().map(Blanks::strip).toList();
    }

    private static List<String> quotedFields(String line) {
        try (CSVParser parser = CSVParser.parse(line, QUOTED)) {
            List<String> fields = new ArrayList<>();
            parser.forEach(part -> fields.addAll(part.toList()));
            return fields;
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return null;
        }
    }

    boolean fit(List<String> fields) {
        return fields.size() <= names.size()
                || fields.subList(names.size(), fields.size()).stream().allMatch(String::isEmpty);
    }

    String domain(List<String> fields) {
        return get(fields, DOMAIN);
    }

    String population(List<String> fields) {
        return get(fields, "population").toLowerCase(Locale.ROOT);
    }

    Details details(List<String> fields) {
        return Details.of(get(fields, "organisation"), get(fields, "category"), get(fields, "country"));
    }

    private String get(List<String> fields, String name) {
        int index = names.indexOf(name);
        return index >= 0 && index < fields.size() ? fields.get(index) : "";
    }
}
