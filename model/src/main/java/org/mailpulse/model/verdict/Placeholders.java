package org.mailpulse.model.verdict;

import java.util.List;
import java.util.regex.Pattern;

/** Names by which software and hosters mark certificates that were never meant to be shown to the world. */
final class Placeholders {
    // Each is what a widely installed default writes into subject or issuer (RFC 2253 form).
    private static final List<Pattern> MARKS = List.of(
            mark("CN=localhost(\\.localdomain)?"),
            mark("CN=demo(\\.example)?"),
            mark("O=Demo"),
            mark("O=Internet Widgits Pty Ltd"), // OpenSSL's default answer
            mark("O=Some-?Organization"),
            mark("O=Default Company Ltd"), // Red Hat's openssl.cnf
            mark("O=Acme Co"), // Go's generate_cert
            mark("O=Snake ?Oil.*"),
            mark("CN=.*snake ?oil.*"),
            mark("CN=(.*\\.)?example\\.(com|org|net)"),
            mark("CN=TRAEFIK DEFAULT CERT"),
            mark("CN=Kubernetes Ingress Controller Fake Certificate"),
            mark("(CN|O|OU)=(Plesk|Parallels Panel)"),
            mark("OU?=Dovecot mail server"),
            mark("(CN|O)=(default|changeme|test)"));

    private Placeholders() {}

    static boolean names(String distinguishedName) {
        if (distinguishedName == null) {
            return false;
        }
        for (Pattern mark : MARKS) {
            if (mark.matcher(distinguishedName).find()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The attribute must be whole: {@code O=Demo} does not mark {@code O=Democracy Institute}; and a comma behind a
     * backslash is part of a value.
     */
    private static Pattern mark(String attribute) {
        return Pattern.compile(
                "(?:^|(?<!\\\\)[,+])\\s*" + attribute.replace(".*", "[^,+]*") + "\\s*(?=$|[,+])",
                Pattern.CASE_INSENSITIVE);
    }
}
