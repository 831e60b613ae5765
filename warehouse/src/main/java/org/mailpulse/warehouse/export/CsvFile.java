package org.mailpulse.warehouse.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** One table as CSV (RFC 4180, UTF-8, with header). */
final class CsvFile {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180;

    /** From a control character of ASCII to its picture in Unicode's block "Control Pictures". */
    private static final int TO_PICTURE = 0x2400;

    private CsvFile() {}

    /**
     * @param method version of the method; null for the newest
     * @return number of rows
     */
    static long write(Connection connection, ExportTable table, String survey, Integer method, Path folder)
            throws SQLException, IOException {
        List<ExportColumn> columns = table.columns();
        String sql = table.sql(method);
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(table.fileName()));
                CSVPrinter csv = new CSVPrinter(out, FORMAT);
                PreparedStatement select = connection.prepareStatement(sql)) {
            csv.printRecord(columns.stream().map(ExportColumn::name));
            for (int i = 1; i <= sql.chars().filter(c -> c == '?').count(); i++) {
                select.setString(i, survey);
            }
            try (ResultSet rows = select.executeQuery()) {
                return writeRows(rows, columns, csv);
            }
        }
    }

    private static long writeRows(ResultSet rows, List<ExportColumn> columns, CSVPrinter csv)
            throws SQLException, IOException {
        long count = 0;
        while (rows.next()) {
            for (int i = 0; i < columns.size(); i++) {
                csv.print(value(columns.get(i), rows.getString(i + 1)));
            }
            csv.println();
            count++;
        }
        return count;
    }

    private static String value(ExportColumn column, String stored) {
        if (stored == null) {
            return "";
        }
        return column.kind() == ExportColumn.Kind.SECONDS
                ? Instant.ofEpochSecond(Long.parseLong(stored)).toString()
                : printable(stored);
    }

    /**
     * Control characters other than tab and line breaks have no place in a text file (RFC 4180 has none, and many readers
     * stop at a NUL); their pictures stand for them.
     */
    static String printable(String text) {
        int first = 0;
        while (first < text.length() && !isUnprintable(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text);
        for (int i = first; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (isUnprintable(c)) {
                clean.setCharAt(i, c == 0x7F ? '\u2421' : (char) (TO_PICTURE + c));
            }
        }
        return clean.toString();
    }

    private static boolean isUnprintable(char c) {
        return c == 0x7F || (c < ' ' && c != '\t' && c != '\n' && c != '\r');
    }
}
