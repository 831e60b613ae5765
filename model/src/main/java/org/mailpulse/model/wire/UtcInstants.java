package org.mailpulse.model.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads times in the form that we write, {@code 2026-11-24T08:15:30Z} with up to nine digits of a second's fraction, by
 * hand; all else goes to Jackson's own reader, and so does what is wrong. An observation holds some ten times, and
 * java.time took a quarter of all that decoding takes.
 */
final class UtcInstants extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;
    private static final int SECONDS_END = 19;
    private static final int NANO_DIGITS = 9;

    UtcInstants() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        Instant time = parser.hasToken(JsonToken.VALUE_STRING)
                ? parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())
                : null;
        return time != null ? time : InstantDeserializer.INSTANT.deserialize(parser, context);
    }

    /** @return null where the text has another form, or names no moment */
    static Instant parse(char[] text, int start, int length) {
        if (length < SECONDS_END + 1
                || length > SECONDS_END + 2 + NANO_DIGITS
                || text[start + 4] != '-'
                || text[start + 7] != '-'
                || text[start + 10] != 'T'
                || text[start + 13] != ':'
                || text[start + 16] != ':'
                || text[start + length - 1] != 'Z') {
            return null;
        }
        int year = number(text, start, 4);
        int month = number(text, start + 5, 2);
        int day = number(text, start + 8, 2);
        int hour = number(text, start + 11, 2);
        int minute = number(text, start + 14, 2);
        int second = number(text, start + 17, 2);
        int nanos = nanos(text, start + SECONDS_END, length - 1 - SECONDS_END);
        if (year < 0 || month < 1 || month > 12 || day < 1 || nanos < 0) {
            return null;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return null;
        }
        LocalDate first = LocalDate.of(year, month, 1);
        if (day > first.lengthOfMonth()) {
            return null;
        }
        long days = first.toEpochDay() + day - 1;
        return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second, nanos);
    }

    /** @return -1 unless all are digits */
    private static int number(char[] text, int start, int length) {
        int number = 0;
        for (int i = start; i < start + length; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** @param length of the point and the digits behind it, 0 where there is none */
    private static int nanos(char[] text, int start, int length) {
        if (length == 0) {
            return 0;
        }
        int digits = length - 1;
        int fraction = text[start] == '.' && digits > 0 ? number(text, start + 1, digits) : -1;
        for (int i = digits; fraction > 0 && i < NANO_DIGITS; i++) {
            fraction *= 10;
        }
        return fraction;
    }
}
