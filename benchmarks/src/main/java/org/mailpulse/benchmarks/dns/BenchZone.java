package org.mailpulse.benchmarks.dns;

/** A zone with many domains, each with an MX host of its own. */
final class BenchZone {
    static final String ORIGIN = "zone.test";

    private BenchZone() {}

    static String domain(int number) {
        return "domain-" + number + "." + ORIGIN;
    }

    /** RFC 1035 master file. */
    static String text(int domains) {
        StringBuilder text = new StringBuilder("""
                $TTL 3600
                @ IN SOA ns hostmaster 1 3600 600 86400 60
                @ IN NS ns
                ns IN A 127.0.0.1
                """);
        for (int i = 0; i < domains; i++) {
            text.append("domain-%1$d IN MX 10 mail.domain-%1$d\nmail.domain-%1$d IN A 127.0.0.1\n".formatted(i));
        }
        return text.toString();
    }
}
