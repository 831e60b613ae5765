package org.mailpulse.engine.http;

import java.util.Map;
import java.util.stream.Collectors;

/** Puts foreign text into SQL as a name or a string. */
final class Quoting {
    private Quoting() {}

    static String identifier(String name) {
        return '`' + name.replace("\\", "\\\\").replace("`", "\\`") + '`';
    }

    static String string(String text) {
        return '\'' + text.replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }

    /** One SET for all. A value may be given as a string whatever the setting's type. */
    static String set(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(s -> identifier(s.getKey()) + " = " + string(s.getValue()))
                .collect(Collectors.joining(", ", "SET ", ""));
    }
}
