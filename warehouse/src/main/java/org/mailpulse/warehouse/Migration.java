package org.mailpulse.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One step of the schema. Each of its statements must bear to be run again, as a step that was cut off is run anew.
 *
 * @param checksum SHA-256 of the text in hexadecimal
 */
record Migration(int version, String name, String checksum, List<String> statements) {
    // A semicolon ends a statement only at the end of a line.
    private static final Pattern END_OF_STATEMENT = Pattern.compile(";[ \\t]*(?:\\r?\\n|\\z)");

    private static final List<String> FILES = List.of(
            "V001__surveys.sql",
            "V002__verdicts.sql",
            "V003__hosts.sql",
            "V004__rollups.sql",
            "V005__transitions.sql",
            "V006__statistics.sql",
            "V007__dashboards.sql",
            "V008__handshakes_in_depth.sql",
            "V009__protection_in_depth.sql",
            "V010__providers.sql",
            "V011__change_explained.sql",
            "V012__vantage_points.sql",
            "V013__archive.sql",
            "V014__other_units.sql");

    /** All of them, in order. */
    static List<Migration> all() {
        return FILES.stream().map(Migration::read).toList();
    }

    /** @param file named {@code V<number>__<name>.sql} */
    static Migration of(String file, String sql) {
        int separator = file.indexOf("__");
        return new Migration(
                Integer.parseInt(file.substring(1, separator)),
                file.substring(separator + 2, file.length() - ".sql".length()),
                sha256(sql),
                Arrays.stream(END_OF_STATEMENT.split(sql))
                        .map(String::strip)
                        .filter(statement -> !statement.isEmpty())
                        .toList());
    }

    private static Migration read(String file) {
        try (InputStream in = Migration.class.getResourceAsStream("migrations/" + file)) {
            if (in == null) {
                throw new IllegalStateException("migration " + file + " is not packaged");
            }
            return of(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
