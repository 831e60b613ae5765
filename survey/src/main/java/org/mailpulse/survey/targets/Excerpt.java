package org.mailpulse.survey.targets;

/** Foreign text made fit for one line of a message or a file. */
final class Excerpt {
    private static final int MAX_CHARS = 200;

    private Excerpt() {}

    /** Shortened to {@value #MAX_CHARS} characters, control characters as blanks. */
    static String of(String text) {
        StringBuilder excerpt = new StringBuilder(text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) : text);
        for (int i = 0; i < excerpt.length(); i++) {
            if (Character.isISOControl(excerpt.charAt(i))) {
                excerpt.setCharAt(i, ' ');
            }
        }
        return text.length() > MAX_CHARS ? excerpt.append('…').toString() : excerpt.toString();
    }
}
