package org.mailpulse.survey.targets;

/** Why a line of a target list is not a target. */
enum Rejection {
    EMPTY("empty line"),
    NOT_UTF8("not UTF-8"),
    LINE_TOO_LONG("line longer than " + LineReader.MAX_BYTES + " bytes"),
    BAD_QUOTES("quotes do not close on this line"),
    TOO_MANY_FIELDS("more fields than the header"),
    NO_DOMAIN("no domain"),
    NOT_A_DOMAIN("not a domain"),
    IP_ADDRESS("an IP address, not a domain"),
    SINGLE_LABEL("a single label"),
    LABEL_TOO_LONG("label longer than 63"),
    NAME_TOO_LONG("name longer than 253"),
    BAD_POPULATION("population is not [a-z0-9][a-z0-9._-]{0,63}");

    private final String text;

    Rejection(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
