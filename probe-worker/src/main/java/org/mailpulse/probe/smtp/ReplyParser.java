package org.mailpulse.probe.smtp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes → replies (RFC 5321 §4.2), however they are cut into packets. Strict about what makes a reply — three digits, a
 * space or hyphen, one code on all lines — and bounded: of a line the first {@value #MAX_LINE} bytes are kept and the
 * rest is skipped, a reply of more than {@value #MAX_REPLY} bytes is none. A bare LF ends a line, too.
 */
final class ReplyParser {
    static final int MAX_LINE = 2000;
    static final int MAX_REPLY = 64 * 1024;

    private byte[] line = new byte[128];
    private int lineBytes;
    private int replyBytes;
    private int code;
    private final List<String> lines = new ArrayList<>();

    /**
     * Consumes bytes up to the end of one reply and no further.
     *
     * @return null if the reply is not complete yet
     */
    SmtpReply read(ByteBuf bytes) throws MalformedReplyException {
        while (bytes.isReadable()) {
            int end = bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), (byte) '\n');
            int length = (end < 0 ? bytes.writerIndex() : end) - bytes.readerIndex();
            keep(bytes, length);
            if (end >= 0) {
                bytes.skipBytes(1);
                if (endLine()) {
                    return endReply();
                }
            }
        }
        return null;
    }

    private void keep(ByteBuf bytes, int length) throws MalformedReplyException {
        int wanted = Math.min(length, MAX_LINE - lineBytes);
        if (lineBytes + wanted > line.length) {
            line = Arrays.copyOf(line, Math.min(MAX_LINE, Math.max(2 * line.length, lineBytes + wanted)));
        }
        bytes.readBytes(line, lineBytes, wanted);
        bytes.skipBytes(length - wanted);
        lineBytes += wanted;
        replyBytes += length + 1;
        checkStart();
        if (replyBytes > MAX_REPLY) {
            throw new MalformedReplyException("reply of more than " + MAX_REPLY + " bytes");
        }
    }

    /** As early as the first byte: whoever speaks another protocol may never send a line feed. */
    private void checkStart() throws MalformedReplyException {
        boolean proper = (lineBytes < 1 || within(line[0], '2', '5'))
                && (lineBytes < 2 || within(line[1], '0', '9'))
                && (lineBytes < 3 || within(line[2], '0', '9'))
                && (lineBytes < 4 || line[3] == ' ' || line[3] == '-' || line[3] == '\r');
        if (!proper) {
            throw new MalformedReplyException("no reply code: " + Texts.brief(Texts.of(line, 0, lineBytes)));
        }
    }

    private static boolean within(byte digit, char from, char to) {
        return digit >= from && digit <= to;
    }

    /** @return whether it was the last line of the reply */
    private boolean endLine() throws MalformedReplyException {
        int end = lineBytes > 0 && line[lineBytes - 1] == '\r' ? lineBytes - 1 : lineBytes;
        if (end < 3) {
            throw new MalformedReplyException("line of " + end + " bytes without a reply code");
        }
        int lineCode = (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
        if (!lines.isEmpty() && lineCode != code) {
            throw new MalformedReplyException("code " + lineCode + " within a reply of code " + code);
        }
        code = lineCode;
        lines.add(end > 4 ? Texts.of(line, 4, end) : "");
        boolean last = end == 3 || line[3] == ' ';
        lineBytes = 0;
        return last;
    }

    private SmtpReply endReply() {
        SmtpReply reply = new SmtpReply(code, lines);
        lines.clear();
        replyBytes = 0;
        line = new byte[128];
        return reply;
    }
}
