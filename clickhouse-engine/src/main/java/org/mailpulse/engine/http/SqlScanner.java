package org.mailpulse.engine.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Walks over SQL text by words, signs, quoted pieces and bracketed groups, leaving comments out. It knows just enough of
 * ClickHouse's lexical rules to find where a statement's data or its FORMAT begins; whether the text is right, the engine
 * says.
 */
final class SqlScanner {
    private final byte[] text;
    private final int length;
    private int position;
    private int start;

    SqlScanner(byte[] text, int length) {
        this.text = text;
        this.length = length;
    }

    /** Moves to the next token, a whole bracketed group being one; false at the end of the text. */
    boolean next() {
        skipBlanks();
        start = position;
        if (position >= length) {
            return false;
        }
        int depth = skipToken();
        while (depth > 0) {
            skipBlanks();
            if (position >= length) {
                break;
            }
            depth += skipToken();
        }
        return true;
    }

    /** Whether the token is this word (given in capitals), in whatever case. */
    boolean is(String word) {
        return position - start == word.length()
                && token().toUpperCase(Locale.ROOT).equals(word);
    }

    boolean isName() {
        byte c = text[start];
        return c == '`' || c == '"' || isWordCharacter(c);
    }

    String token() {
        return new String(text, start, position - start, StandardCharsets.ISO_8859_1);
    }

    int start() {
        return start;
    }

    int end() {
        return position;
    }

    /** Returns by how much the token changes the depth of brackets. */
    private int skipToken() {
        byte c = text[position];
        if (c == '\'' || c == '"' || c == '`') {
            skipQuoted(c);
        } else if (c == '$' && skipHeredoc()) {
            return 0;
        } else if (isWordCharacter(c)) {
            while (position < length && isWordCharacter(text[position])) {
                position++;
            }
        } else {
            position++;
            return c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
        }
        return 0;
    }

    /** A doubled quote ends one quoted piece and begins the next, which for our purpose is the same. */
    private void skipQuoted(byte quote) {
        position++;
        while (position < length && text[position] != quote) {
            position += text[position] == '\\' ? 2 : 1;
        }
        position = Math.min(position + 1, length);
    }

    /** {@code $tag$ … $tag$}. */
    private boolean skipHeredoc() {
        int tagEnd = position + 1;
        while (tagEnd < length && isWordCharacter(text[tagEnd]) && text[tagEnd] != '$') {
            tagEnd++;
        }
        if (tagEnd >= length || text[tagEnd] != '$') {
            return false;
        }
        int tagLength = tagEnd + 1 - position;
        for (int i = tagEnd + 1; i + tagLength <= length; i++) {
            if (Arrays.equals(text, i, i + tagLength, text, position, position + tagLength)) {
                position = i + tagLength;
                return true;
            }
        }
        position = length;
        return true;
    }

    private void skipBlanks() {
        while (position < length) {
            if (isBlank(text[position])) {
                position++;
            } else if (startsWith("--") || startsWith("#!") || startsWith("# ")) {
                skipUntil("\n");
            } else if (startsWith("/*")) {
                skipUntil("*/");
            } else {
                return;
            }
        }
    }

    private void skipUntil(String end) {
        position++;
        while (position < length && !startsWith(end)) {
            position++;
        }
        position = Math.min(position + end.length(), length);
    }

    private boolean startsWith(String s) {
        if (position + s.length() > length) {
            return false;
        }
        for (int i = 0; i < s.length(); i++) {
            if (text[position + i] != s.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private static boolean isWordCharacter(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c < 0;
    }
}
