package org.mailpulse.warehouse.export;

/**
 * A column of an exported file.
 *
 * @param sql expression that yields it; text, or a number of seconds where the kind says so
 * @param source column of the table that the dictionary explains it by
 */
record ExportColumn(String name, Kind kind, String sql, String source) {
    enum Kind {
        TEXT("string"),
        INTEGER("integer"),
        BOOLEAN("boolean"),
        TIME("datetime"),
        /** A time beyond the range of the engine's own, kept as seconds since 1970. */
        SECONDS("datetime");

        private final String fieldType;

        Kind(String fieldType) {
            this.fieldType = fieldType;
        }

        /** Type of the field in a table schema. */
        String fieldType() {
            return fieldType;
        }
    }

    static ExportColumn text(String name) {
        return of(name, Kind.TEXT, quoted(name));
    }

    static ExportColumn integer(String name) {
        return of(name, Kind.INTEGER, "toString(" + quoted(name) + ")");
    }

    static ExportColumn flag(String name) {
        return of(name, Kind.BOOLEAN, "toString(" + quoted(name) + ")");
    }

    /** ISO 8601 in UTC with milliseconds. */
    static ExportColumn time(String name) {
        return of(name, Kind.TIME, "concat(replaceOne(toString(" + quoted(name) + "), ' ', 'T'), 'Z')");
    }

    static ExportColumn seconds(String name) {
        return of(name, Kind.SECONDS, "toString(" + quoted(name) + ")");
    }

    /** Names that hold no blank, separated by blanks. */
    static ExportColumn words(String name) {
        return of(name, Kind.TEXT, "arrayStringConcat(" + quoted(name) + ", ' ')");
    }

    /** Any text, as a JSON array. */
    static ExportColumn texts(String name) {
        return of(name, Kind.TEXT, "toJSONString(" + quoted(name) + ")");
    }

    ExportColumn explainedBy(String column) {
        return new ExportColumn(name, kind, sql, column);
    }

    private static ExportColumn of(String name, Kind kind, String sql) {
        return new ExportColumn(name, kind, sql, name);
    }

    private static String quoted(String name) {
        return "`" + name + "`";
    }
}
