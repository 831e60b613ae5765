package org.mailpulse.probe.policy;

import com.google.common.base.CharMatcher;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.TXTRecord;

/**
 * What the TXT records at {@code _mta-sts.<domain>} say (RFC 8461 §3.1).
 *
 * @param id of the policy; null unless the record is valid
 */
record StsRecord(Kind kind, String id) {
    enum Kind {
        ABSENT,
        /** Malformed, or more than one. */
        INVALID,
        VALID
    }

    private static final StsRecord ABSENT = new StsRecord(Kind.ABSENT, null);
    private static final StsRecord INVALID = new StsRecord(Kind.INVALID, null);

    /** Other TXT records may stand beside it. */
    private static final Pattern STS = Pattern.compile("v=STSv1(?:[ \t;].*)?", Pattern.DOTALL);

    private static final Pattern ID = Pattern.compile("id=([A-Za-z0-9]{1,32})");
    private static final Pattern EXTENSION =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}=[\\x21-\\x3a\\x3c\\x3e-\\x7e]+");

    static StsRecord of(List<String> texts) {
        List<String> records =
                texts.stream().filter(text -> STS.matcher(text).matches()).toList();
        if (records.isEmpty()) {
            return ABSENT;
        }
        return records.size() == 1 ? parse(records.get(0)) : INVALID;
    }

    /** The strings of a record belong together without a gap. */
    static String text(TXTRecord record) {
        StringBuilder text = new StringBuilder();
        for (byte[] part : record.getStringsAsByteArrays()) {
            text.append(new String(part, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    private static StsRecord parse(String text) {
        String[] fields = text.split(";", -1);
        if (!withoutBlanks(fields[0]).equals("v=STSv1")) {
            return INVALID;
        }
        String id = null;
        for (int i = 1; i < fields.length; i++) {
            String field = withoutBlanks(fields[i]);
            Matcher matcher = ID.matcher(field);
            if (matcher.matches()) {
                id = id == null ? matcher.group(1) : id;
            } else if (field.startsWith("id=") || !isExtension(field, i == fields.length - 1)) {
                return INVALID;
            }
        }
        return id == null ? INVALID : new StsRecord(Kind.VALID, id);
    }

    /** Blanks are spaces and tabs alone; a pattern for them would take its time with thousands. */
    private static String withoutBlanks(String field) {
        return CharMatcher.anyOf(" \t").trimFrom(field);
    }

    /** The last delimiter may stand without a field behind it. */
    private static boolean isExtension(String field, boolean last) {
        return field.isEmpty() ? last : EXTENSION.matcher(field).matches();
    }
}
