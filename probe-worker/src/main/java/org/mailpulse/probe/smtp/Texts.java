package org.mailpulse.probe.smtp;

import java.nio.charset.StandardCharsets;

/** Bytes of strangers → text that can be kept and shown. */
final class Texts {
    private static final int BRIEF_CHARS = 200;

    private Texts() {}

    /** UTF-8; what is no text becomes a question mark. */
    static String of(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i)) || text.charAt(i) == '\uFFFD') {
                return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{fffd}]", "?")
                        .strip();
            }
        }
        return text.strip();
    }

    static String brief(String text) {
        return text.length() > BRIEF_CHARS ? text.substring(0, BRIEF_CHARS) : text;
    }
}
