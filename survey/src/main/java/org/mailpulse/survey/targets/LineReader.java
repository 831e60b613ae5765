package org.mailpulse.survey.targets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The physical lines of a UTF-8 file, each judged alone: one with foreign bytes or without end spoils none of the others.
 * Lines end with LF, CR or both. A byte order mark is skipped.
 */
final class LineReader {
    /** Of a line; what goes beyond is read over. */
    static final int MAX_BYTES = 8192;

    private static final int END = -1;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /**
     * @param number from 1
     * @param text without its end; shortened, or with replacement characters, where there is a problem
     * @param problem null where the line is sound
     */
    record Line(long number, String text, Rejection problem) {}

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int limit;
    private long number;
    private boolean afterCr;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final CharsetDecoder strict = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    LineReader(InputStream in) {
        this.in = in;
    }

    /** @return null after the last line */
    Line next() throws IOException {
        int first = read();
        if (first == '\n' && afterCr) {
            first = read();
        }
        afterCr = false;
        if (first == END) {
            return null;
        }
        line.reset();
        boolean tooLong = false;
        for (int b = first; b != '\n' && b != END; b = read()) {
            if (b == '\r') {
                afterCr = true;
                break;
            }
            if (line.size() < MAX_BYTES) {
                line.write(b);
            } else {
                tooLong = true;
            }
        }
        number++;
        return decode(tooLong);
    }

    private Line decode(boolean tooLong) {
        byte[] bytes = line.toByteArray();
        int start = number == 1 && startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        if (tooLong) {
            return new Line(number, lenient(bytes, start), Rejection.LINE_TOO_LONG);
        }
        try {
            String text = strict.decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
                    .toString();
            return new Line(number, text, null);
        } catch (CharacterCodingException e) {
            return new Line(number, lenient(bytes, start), Rejection.NOT_UTF8);
        }
    }

    private static String lenient(byte[] bytes, int start) {
        return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= 3
                && bytes[0] == BYTE_ORDER_MARK[0]
                && bytes[1] == BYTE_ORDER_MARK[1]
                && bytes[2] == BYTE_ORDER_MARK[2];
    }

    private int read() throws IOException {
        if (position == limit) {
            position = 0;
            limit = in.read(buffer);
            if (limit <= 0) {
                limit = 0;
                return END;
            }
        }
        return buffer[position++] & 0xFF;
    }
}
