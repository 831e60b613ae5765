package org.mailpulse.model.verdict;

import java.util.Locale;
import java.util.Set;

/**
 * Names by which software and hosters mark certificates that were never meant to be shown to the world. Each is what a
 * widely installed default writes into subject or issuer (RFC 2253 form), whatever the case of its letters.
 */
final class Placeholders {
    private static final Set<String> MARKS = Set.of(
            "cn=localhost",
            "cn=localhost.localdomain",
            "cn=demo",
            "cn=demo.example",
            "o=demo",
            "o=internet widgits pty ltd", // OpenSSL's default answer
            "o=some-organization",
            "o=someorganization",
            "o=default company ltd", // Red Hat's openssl.cnf
            "o=acme co", // Go's generate_cert
            "cn=example.com",
            "cn=example.org",
            "cn=example.net",
            "cn=traefik default cert",
            "cn=kubernetes ingress controller fake certificate",
            "cn=plesk",
            "o=plesk",
            "ou=plesk",
            "cn=parallels panel",
            "o=parallels panel",
            "ou=parallels panel",
            "o=dovecot mail server",
            "ou=dovecot mail server",
            "cn=default",
            "o=default",
            "cn=changeme",
            "o=changeme",
            "cn=test",
            "o=test");

    private Placeholders() {}

    /** The attribute must be whole: {@code O=Demo} does not mark {@code O=Democracy Institute}. */
    static boolean names(String distinguishedName) {
        if (distinguishedName == null) {
            return false;
        }
        String name = distinguishedName.toLowerCase(Locale.ROOT);
        int start = 0;
        for (int i = 0; i < name.length(); i++) {
            if (separates(name, i)) {
                if (isMark(name.substring(start, i).strip())) {
                    return true;
                }
                start = i + 1;
            }
        }
        return isMark(name.substring(start).strip());
    }

    /** Between attributes; behind a backslash it is part of a value. */
    private static boolean separates(String name, int at) {
        char c = name.charAt(at);
        return (c == ',' || c == '+') && (at == 0 || name.charAt(at - 1) != '\\');
    }

    private static boolean isMark(String attribute) {
        return MARKS.contains(attribute) || isSnakeOil(attribute) || isBelowExample(attribute);
    }

    private static boolean isSnakeOil(String attribute) {
        if (attribute.startsWith("cn=")) {
            return attribute.contains("snakeoil") || attribute.contains("snake oil");
        }
        return attribute.startsWith("o=snakeoil") || attribute.startsWith("o=snake oil");
    }

    /** RFC 2606 §3. */
    private static boolean isBelowExample(String attribute) {
        return attribute.startsWith("cn=")
                && (attribute.endsWith(".example.com")
                        || attribute.endsWith(".example.org")
                        || attribute.endsWith(".example.net"));
    }
}
