package org.mailpulse.survey.targets;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Text → the form in which a target bears its domain: A-labels, lower case, no trailing dot; letters, digits and hyphens
 * as mail addresses demand (RFC 5321 §4.1.2). Names outside ASCII go by UTS 46, non-transitional. ASCII labels are taken
 * as given, also {@code xn--} ones that IDNA would refuse: DNS decides whether they exist.
 */
final class DomainSyntax {
    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 253;
    /** UTS 46 maps some signs to nothing, so that honest text can be longer than its name; but not by much. */
    private static final int MAX_TEXT = 4 * MAX_NAME;

    private static final Pattern IPV4_LIKE = Pattern.compile("[0-9.]+");
    private static final Pattern IPV6_LIKE = Pattern.compile("\\[?(ipv6:)?[0-9a-f]*:[0-9a-f.]*:[0-9a-f:.]*(%\\w+)?]?");

    private DomainSyntax() {}

    /** Just one of the two is not null. */
    record Parsed(String domain, Rejection problem) {
        private static Parsed of(String domain) {
            return new Parsed(domain, null);
        }

        private static Parsed not(Rejection problem) {
            return new Parsed(null, problem);
        }
    }

    static Parsed parse(String text) {
        String stripped = Blanks.strip(text);
        if (stripped.isEmpty()) {
            return Parsed.not(Rejection.NO_DOMAIN);
        }
        if (stripped.length() > MAX_TEXT) {
            return Parsed.not(Rejection.NAME_TOO_LONG);
        }
        return isAscii(stripped) ? parseAscii(stripped) : parseUnicode(stripped);
    }

    private static Parsed parseUnicode(String text) {
        IDNA.Info info = new IDNA.Info();
        String ascii =
                Uts46.INSTANCE.nameToASCII(text, new StringBuilder(), info).toString();
        Set<IDNA.Error> errors = EnumSet.noneOf(IDNA.Error.class);
        errors.addAll(info.getErrors());
        errors.remove(IDNA.Error.HYPHEN_3_4); // names such as r4---x.example exist
        if (errors.remove(IDNA.Error.LABEL_TOO_LONG)) {
            return Parsed.not(Rejection.LABEL_TOO_LONG);
        }
        if (errors.remove(IDNA.Error.DOMAIN_NAME_TOO_LONG)) {
            return Parsed.not(Rejection.NAME_TOO_LONG);
        }
        return errors.isEmpty() && isAscii(ascii) ? parseAscii(ascii) : Parsed.not(Rejection.NOT_A_DOMAIN);
    }

    private static Parsed parseAscii(String text) {
        String lower = lowerCase(text);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        if (IPV4_LIKE.matcher(name).matches() || IPV6_LIKE.matcher(name).matches()) {
            return Parsed.not(Rejection.IP_ADDRESS);
        }
        int labels = 0;
        for (int start = 0; start <= name.length(); labels++) {
            int dot = name.indexOf('.', start);
            int end = dot < 0 ? name.length() : dot;
            Rejection problem = problemOfLabel(name, start, end);
            if (problem != null) {
                return Parsed.not(problem);
            }
            start = end + 1;
        }
        if (name.length() > MAX_NAME) {
            return Parsed.not(Rejection.NAME_TOO_LONG);
        }
        if (labels == 1) {
            return Parsed.not(Rejection.SINGLE_LABEL);
        }
        // RFC 3696 §2: no top-level domain is all digits, and a resolver may take the name for an address
        boolean numericTld = name.substring(name.lastIndexOf('.') + 1).chars().allMatch(DomainSyntax::isDigit);
        return numericTld ? Parsed.not(Rejection.NOT_A_DOMAIN) : Parsed.of(name);
    }

    private static Rejection problemOfLabel(String name, int start, int end) {
        if (start == end || name.charAt(start) == '-' || name.charAt(end - 1) == '-') {
            return Rejection.NOT_A_DOMAIN;
        }
        for (int i = start; i < end; i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !isDigit(c) && c != '-') {
                return Rejection.NOT_A_DOMAIN;
            }
        }
        return end - start > MAX_LABEL ? Rejection.LABEL_TOO_LONG : null;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** ASCII letters only, so that no locale and no letter outside ASCII plays a part. */
    private static String lowerCase(String ascii) {
        boolean upper = ascii.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
        return upper ? ascii.toLowerCase(java.util.Locale.ROOT) : ascii;
    }

    /** Loaded with the first name outside ASCII; most lists have none, and the tables are large. */
    private static final class Uts46 {
        static final IDNA INSTANCE = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.NONTRANSITIONAL_TO_UNICODE
                | IDNA.USE_STD3_RULES
                | IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ);
    }
}
