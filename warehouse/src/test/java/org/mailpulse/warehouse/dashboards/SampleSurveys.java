package org.mailpulse.warehouse.dashboards;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.Level;
import org.mailpulse.warehouse.RollupRow;
import org.mailpulse.warehouse.RollupTable;
import org.mailpulse.warehouse.Samples;
import org.mailpulse.warehouse.SurveyRow;
import org.mailpulse.warehouse.SurveyStore;
import org.mailpulse.warehouse.Warehouse;

/** Three surveys from two vantage points, domain by domain, and the same as rows in the tables. */
final class SampleSurveys {
    static final List<String> SURVEYS = List.of("2026-01", "2026-06", "2026-11");
    static final List<String> VANTAGES = List.of("bergen", "oslo");
    static final int TARGETS = 500;
    static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");
    static final Instant CLOSED = Instant.parse("2026-11-20T00:00:00Z");

    private static final List<DomainStatus> NOT_ELIGIBLE =
            List.of(DomainStatus.NXDOMAIN, DomainStatus.NULL_MX, DomainStatus.NO_ADDRESS, DomainStatus.LOCAL_ONLY);

    /** @param level null where not eligible */
    record Domain(
            String survey,
            String vantage,
            List<String> populations,
            String tld,
            String provider,
            DomainStatus status,
            Level level) {
        boolean isEligible() {
            return level != null;
        }
    }

    private SampleSurveys() {}

    static List<Domain> domains() {
        Random random = new Random(7);
        List<Domain> domains = new ArrayList<>();
        for (String survey : SURVEYS) {
            for (String vantage : VANTAGES) {
                for (int i = 0; i < TARGETS; i++) {
                    domains.add(domain(survey, vantage, i, random));
                }
            }
        }
        return domains;
    }

    /** Domains under .nu mostly give no answer, those under .xn--p1ai are too few: both get no share. */
    private static Domain domain(String survey, String vantage, int i, Random random) {
        String tld =
                i < 15 ? "xn--p1ai" : List.of("no", "se", "no", "com", "nu").get(i % 5);
        List<String> populations = new ArrayList<>();
        if (i % 3 == 0) {
            populations.add("no-government");
        }
        if (i % 4 == 0) {
            populations.add(Samples.HOSTILE);
        }
        if (i % 49 == 0) {
            populations.add("tiny");
        }
        int luck = random.nextInt(100);
        if (luck < 12) {
            return new Domain(survey, vantage, populations, tld, "", NOT_ELIGIBLE.get(luck % 4), null);
        }
        if (luck < 15) {
            return new Domain(survey, vantage, populations, tld, "", DomainStatus.DNS_ERROR, Level.UNKNOWN);
        }
        boolean silent = random.nextInt(100) < (tld.equals("nu") ? 50 : 5);
        Level level = silent ? Level.UNKNOWN : Level.values()[random.nextInt(5)];
        String provider = List.of("google.com", "self-hosted", "loopia.se", "rare.example")
                .get(random.nextInt(40) / 13);
        return new Domain(survey, vantage, populations, tld, provider, DomainStatus.OK, level);
    }

    static void write(Warehouse warehouse, List<Domain> domains) throws Exception {
        Map<RollupKey, Counts> cells = new HashMap<>();
        for (Domain domain : domains) {
            List<String> populations = new ArrayList<>(domain.populations());
            populations.add(RollupKey.EVERYTHING);
            for (String population : populations) {
                cells.merge(
                        new RollupKey(
                                domain.survey(),
                                domain.vantage(),
                                population,
                                domain.tld(),
                                domain.tld(),
                                domain.provider(),
                                1),
                        counts(domain),
                        Counts::plus);
            }
        }
        try (var rows = RollupTable.writer(warehouse)) {
            for (Map.Entry<RollupKey, Counts> cell : cells.entrySet()) {
                rows.add(new RollupRow(cell.getKey(), cell.getValue(), 1));
            }
        }
        SurveyStore store = new SurveyStore(warehouse);
        for (String survey : SURVEYS) {
            for (String vantage : VANTAGES) {
                store.start(SurveyRow.starting(survey, vantage, "list", TARGETS, 3, STARTED, "roots"));
                if (!survey.equals("2026-11")) {
                    store.close(survey, vantage, CLOSED);
                }
            }
        }
    }

    private static Counts counts(Domain domain) {
        long[] values = new long[Metric.values().length];
        values[Metric.DOMAINS.ordinal()] = 1;
        if (domain.status() != DomainStatus.OK) {
            values[Metric.valueOf("STATUS_" + domain.status()).ordinal()] = 1;
        }
        if (domain.isEligible()) {
            values[Metric.ELIGIBLE.ordinal()] = 1;
            String adoption = switch (domain.level()) {
                case PLAINTEXT -> "NONE";
                case PARTIAL -> "SOME";
                case OPPORTUNISTIC, AUTHENTICABLE, ENFORCED -> "ALL";
                case UNKNOWN -> "UNKNOWN";
            };
            values[Metric.valueOf("ADOPTION_" + adoption).ordinal()] = 1;
            if (domain.level() != Level.UNKNOWN) {
                values[Metric.valueOf("LEVEL_" + domain.level()).ordinal()] = 1;
            }
        }
        return new Counts(values);
    }
}
