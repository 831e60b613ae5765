package org.mailpulse.probe.policy;

import com.google.common.base.CharMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.mailpulse.model.observation.TlsRptFinding;
import org.mailpulse.model.observation.TlsRptFinding.State;

/** What the TXT records at {@code _smtp._tls.<domain>} say (RFC 8460 §3). */
final class RptRecord {
    /** Other TXT records may stand beside it. */
    private static final Pattern RPT = Pattern.compile("v=TLSRPTv1(?:[ \t;].*)?", Pattern.DOTALL);

    private static final String RUA = "rua=";
    private static final Pattern EXTENSION =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}=[\\x21-\\x3a\\x3c\\x3e-\\x7e]+");

    /** The two kinds of address that the RFC knows; what it holds must be printable, commas and the like encoded. */
    private static final Pattern URI = Pattern.compile("(?i:mailto:|https://)[\\x21-\\x2b\\x2d-\\x3a\\x3c-\\x7e]{1,"
            + (TlsRptFinding.MAX_URI_CHARS - "https://".length()) + "}");

    private static final CharMatcher BLANKS = CharMatcher.anyOf(" \t");

    private RptRecord() {}

    static TlsRptFinding read(List<String> texts) {
        List<String> records =
                texts.stream().filter(text -> RPT.matcher(text).matches()).toList();
        if (records.isEmpty()) {
            return TlsRptFinding.only(State.ABSENT);
        }
        return records.size() == 1 ? parse(records.get(0)) : TlsRptFinding.only(State.MALFORMED);
    }

    private static TlsRptFinding parse(String text) {
        String[] fields = text.split(";", -1);
        List<String> uris = new ArrayList<>();
        boolean wellFormed = BLANKS.trimFrom(fields[0]).equals("v=TLSRPTv1");
        for (int i = 1; i < fields.length; i++) {
            String field = BLANKS.trimFrom(fields[i]);
            if (field.startsWith(RUA)) {
                uris.addAll(uris(field.substring(RUA.length())));
            } else {
                boolean last = i == fields.length - 1;
                wellFormed &= field.isEmpty() ? last : EXTENSION.matcher(field).matches();
            }
        }
        return wellFormed && !uris.isEmpty()
                ? new TlsRptFinding(State.PRESENT, uris)
                : TlsRptFinding.only(State.MALFORMED);
    }

    /** Those that reports can be sent to. */
    private static List<String> uris(String field) {
        List<String> uris = new ArrayList<>();
        for (String part : field.split(",", -1)) {
            String uri = BLANKS.trimFrom(part);
            if (URI.matcher(uri).matches()) {
                uris.add(uri);
            }
        }
        return uris;
    }
}
