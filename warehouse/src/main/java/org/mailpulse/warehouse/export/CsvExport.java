package org.mailpulse.warehouse.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.warehouse.Warehouse;

/**
 * Writes one survey, from all its vantage points, as CSV files with a data dictionary and checksums. Rows are streamed. All
 * files are written aside first and then moved into place, {@code SHA256SUMS} last, so that an export that fails leaves
 * the folder as it was.
 */
public final class CsvExport {
    private CsvExport() {}

    /** By the newest version of the method that the survey was judged by. */
    public static List<ExportedFile> write(Warehouse warehouse, String survey, Path folder)
            throws SQLException, IOException {
        return write(warehouse, survey, null, folder);
    }

    /**
     * @param method version of the method; null for the newest that the survey was judged by
     * @param folder made if missing; files of an earlier export are replaced
     * @return the files with their numbers of rows
     * @throws IllegalArgumentException if there is no such survey
     */
    public static List<ExportedFile> write(Warehouse warehouse, String survey, Integer method, Path folder)
            throws SQLException, IOException {
        SurveyName.check(survey);
        Files.createDirectories(folder);
        Path aside = Files.createTempDirectory(folder, ".export-");
        try {
            List<ExportedFile> files = writeAside(warehouse, survey, method, aside);
            for (ExportedFile file : files) {
                move(file.name(), aside, folder);
            }
            for (String name : List.of(DataDictionary.README, DataDictionary.DATA_PACKAGE, Checksums.FILE)) {
                move(name, aside, folder);
            }
            return files;
        } finally {
            delete(aside);
        }
    }

    private static List<ExportedFile> writeAside(Warehouse warehouse, String survey, Integer method, Path aside)
            throws SQLException, IOException {
        List<ExportedFile> files = new ArrayList<>();
        try (Connection connection = warehouse.connect()) {
            for (ExportTable table : ExportTable.values()) {
                files.add(new ExportedFile(table.fileName(), CsvFile.write(connection, table, survey, method, aside)));
            }
            if (files.stream().allMatch(file -> file.rows() == 0)) {
                throw new IllegalArgumentException("there is no survey " + survey + " in " + warehouse);
            }
            DataDictionary.read(connection).write(survey, files, aside);
        }
        Checksums.write(aside);
        return files;
    }

    private static void move(String name, Path from, Path to) throws IOException {
        Files.move(
                from.resolve(name),
                to.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
