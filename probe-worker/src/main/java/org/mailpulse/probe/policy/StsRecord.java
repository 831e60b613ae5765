package org.mailpulse.probe.policy;

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

    private static final Pattern DELIMITER = Pattern.compile("[ \t]*;[ \t]*");
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
        String id = null;
        String[] fields = DELIMITER.split(text, -1);
        for (int i = 1; i < fields.length; i++) {
            Matcher matcher = ID.matcher(fields[i]);
            if (matcher.matches()) {
                id = id == null ? matcher.group(1) : id;
            } else if (fields[i].startsWith("id=") || !isExtension(fields[i], i == fields.length - 1)) {
                return INVALID;
            }
        }
        return id == null ? INVALID : new StsRecord(Kind.VALID, id);
    }

    /** The last delimiter may stand without a field behind it. */
    private static boolean isExtension(String field, boolean last) {
        return field.isEmpty() ? last : EXTENSION.matcher(field).matches();
    }
}
