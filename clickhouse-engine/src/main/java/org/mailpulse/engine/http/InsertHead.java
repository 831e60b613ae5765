package org.mailpulse.engine.http;

/**
 * Where the statement ends and the data begin in a text such as {@code INSERT INTO t (a) FORMAT RowBinary\n…}.
 *
 * @param kind what is known of the text so far
 * @param statementEnd the statement without VALUES or FORMAT ends here
 * @param format the data's format
 * @param dataStart the data begin here
 */
record InsertHead(Kind kind, int statementEnd, String format, int dataStart) {
    enum Kind {
        /** An INSERT with data of its own. */
        WITH_DATA,
        /** Anything else, INSERT … SELECT among it. */
        OTHER,
        /** The text ends too early to tell. */
        UNDECIDED
    }

    private static final InsertHead OTHER = new InsertHead(Kind.OTHER, 0, "", 0);
    private static final InsertHead UNDECIDED = new InsertHead(Kind.UNDECIDED, 0, "", 0);

    /**
     * @param complete whether nothing follows these bytes
     */
    static InsertHead find(byte[] text, int length, boolean complete) {
        var scanner = new SqlScanner(text, length);
        if (!next(scanner, length, complete)) {
            return complete ? OTHER : UNDECIDED;
        }
        if (!scanner.is("INSERT")) {
            return OTHER;
        }
        boolean afterDot = false;
        boolean named = false;
        while (next(scanner, length, complete)) {
            boolean keyword = named && !afterDot;
            if (keyword && scanner.is("VALUES")) {
                return new InsertHead(Kind.WITH_DATA, scanner.start(), "Values", scanner.end());
            }
            if (keyword && scanner.is("FORMAT")) {
                return withFormat(scanner, text, length, complete);
            }
            if (keyword && (scanner.is("SELECT") || scanner.is("WITH") || scanner.is("FROM") || scanner.is("WATCH"))) {
                return OTHER;
            }
            afterDot = scanner.is(".");
            named |= scanner.isName() && !scanner.is("INTO") && !scanner.is("TABLE") && !scanner.is("FUNCTION");
        }
        return complete ? OTHER : UNDECIDED;
    }

    /** A token that touches the end of an incomplete text may go on, so it does not count yet. */
    private static boolean next(SqlScanner scanner, int length, boolean complete) {
        return scanner.next() && (complete || scanner.end() < length);
    }

    private static InsertHead withFormat(SqlScanner scanner, byte[] text, int length, boolean complete) {
        int statementEnd = scanner.start();
        if (!next(scanner, length, complete)) {
            return complete ? OTHER : UNDECIDED;
        }
        String format = scanner.token();
        int data = scanner.end();
        while (data < length && (text[data] == ' ' || text[data] == '\t')) {
            data++;
        }
        if (data < length && text[data] == ';') {
            data++;
        }
        if (data < length && text[data] == '\r') {
            data++;
        }
        if (data == length && !complete) {
            return UNDECIDED;
        }
        if (data < length && text[data] == '\n') {
            data++;
        }
        return new InsertHead(Kind.WITH_DATA, statementEnd, format, data);
    }
}
