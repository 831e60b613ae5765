package org.mailpulse.model.verdict;

import java.util.List;
import java.util.regex.Pattern;

/** Names by which software and hosters mark certificates that were never meant to be shown to the world. */
final class Placeholders {
    // Each is what a widely installed default writes into subject or issuer (RFC 2253 form).
    private static final List<String> MARKS = List.of(
            "CN=localhost(\\.localdomain)?",
            "CN=demo(\\.example)?",
            "O=Demo",
            "O=Internet Widgits Pty Ltd", // OpenSSL's default answer
            "O=Some-?Organization",
            "O=Default Company Ltd", // Red Hat's openssl.cnf
            "O=Acme Co", // Go's generate_cert
            "O=Snake ?Oil.*",
            "CN=.*snake ?oil.*",
            "CN=(.*\\.)?example\\.(com|org|net)",
            "CN=TRAEFIK DEFAULT CERT",
            "CN=Kubernetes Ingress Controller Fake Certificate",
            "(CN|O|OU)=(Plesk|Parallels Panel)",
            "OU?=Dovecot mail server",
            "(CN|O)=(default|changeme|test)");

    /**
     * The attribute must be whole: {@code O=Demo} does not mark {@code O=Democracy Institute}; and a comma behind a
     * backslash is part of a value. All marks in one pattern, so that a name is gone through once: this is asked twice for
     * each certificate of a survey.
     */
    private static final Pattern ANY_MARK = Pattern.compile(
            "(?:^|(?<!\\\\)[,+])\\s*(?:" + String.join("|", MARKS).replace(".*", "[^,+]*") + ")\\s*(?=$|[,+])",
            Pattern.CASE_INSENSITIVE);

    private Placeholders() {}

    static boolean names(String distinguishedName) {
        return distinguishedName != null && ANY_MARK.matcher(distinguishedName).find();
    }
}
