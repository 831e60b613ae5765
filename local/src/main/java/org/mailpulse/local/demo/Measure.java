package org.mailpulse.local.demo;

import java.util.List;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.Metric;

/** What the story follows through the surveys: how many domains have reached a rung of the ladder. */
enum Measure {
    OFFERED("STARTTLS at one mail server or more", Metric.ADOPTION_SOME, Metric.ADOPTION_ALL),
    ENCRYPTED("STARTTLS at all mail servers", Metric.ADOPTION_ALL),
    AUTHENTICABLE("certificates that can be checked", Metric.LEVEL_AUTHENTICABLE, Metric.LEVEL_ENFORCED),
    ENFORCED("protection enforced (DANE, MTA-STS)", Metric.LEVEL_ENFORCED);

    private final String words;
    private final List<Metric> metrics;

    Measure(String words, Metric... metrics) {
        this.words = words;
        this.metrics = List.of(metrics);
    }

    String words() {
        return words;
    }

    long of(Counts counts) {
        return metrics.stream().mapToLong(counts::get).sum();
    }
}
