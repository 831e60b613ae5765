package org.mailpulse.survey.targets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.mailpulse.survey.targets.LineReader.Line;

/** File → list, line by line. */
final class TargetListLoader {
    private static final Pattern POPULATION = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private final LineReader lines;
    private final RejectedLines rejected;
    private final TargetListBuilder list = new TargetListBuilder();

    private TargetListLoader(InputStream csv, RejectedLines rejected) {
        this.lines = new LineReader(csv);
        this.rejected = rejected;
    }

    static TargetList load(Path csv, Path rejectedCsv) throws TargetListException {
        if (csv.toAbsolutePath().normalize().equals(rejectedCsv.toAbsolutePath().normalize())) {
            throw new TargetListException("target list " + csv + " is the file that rejected lines are written to");
        }
        try (InputStream in = Files.newInputStream(csv);
                RejectedLines rejected = new RejectedLines(rejectedCsv)) {
            return new TargetListLoader(in, rejected).load();
        } catch (TargetListException e) {
            throw new TargetListException("target list " + csv + ", " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new TargetListException("target list " + csv + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new TargetListException("target list " + csv + " may not be read, or " + rejectedCsv + " written", e);
        } catch (IOException e) {
            throw new TargetListException("target list " + csv + " cannot be read: " + e.getMessage(), e);
        }
    }

    private TargetList load() throws IOException, TargetListException {
        Columns columns = header();
        for (Line line = lines.next(); line != null; line = lines.next()) {
            Rejection problem = line.problem() == null ? add(columns, line.text()) : line.problem();
            if (problem != null) {
                rejected.add(line.number(), problem, line.text());
            }
        }
        if (list.isEmpty()) {
            throw new TargetListException(
                    rejected.count() == 0
                            ? "line 1: nothing follows the header"
                            : "no line is a target; " + rejected.first());
        }
        return list.build(rejected.count());
    }

    private Columns header() throws IOException, TargetListException {
        Line header = lines.next();
        if (header == null) {
            throw new TargetListException("line 1: the file is empty, a header with a column 'domain' is needed");
        }
        if (header.problem() != null) {
            throw new TargetListException(
                    "line 1: the header is " + header.problem().text());
        }
        return Columns.of(header.text());
    }

    /** @return why not, or null */
    private Rejection add(Columns columns, String line) throws TargetListException {
        if (Blanks.strip(line).isEmpty()) {
            return Rejection.EMPTY;
        }
        List<String> fields = Columns.fields(line);
        if (fields == null) {
            return Rejection.BAD_QUOTES;
        }
        if (!columns.fit(fields)) {
            return Rejection.TOO_MANY_FIELDS;
        }
        DomainSyntax.Parsed parsed = DomainSyntax.parse(columns.domain(fields));
        if (parsed.problem() != null) {
            return parsed.problem();
        }
        String population = columns.population(fields);
        if (!population.isEmpty() && !POPULATION.matcher(population).matches()) {
            return Rejection.BAD_POPULATION;
        }
        if (!list.hasRoom()) {
            throw new TargetListException("the list is too long: part it into several surveys");
        }
        list.add(parsed.domain(), population, columns.details(fields));
        return null;
    }
}
