package org.mailpulse.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailpulse.warehouse.Samples.HOSTILE;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailpulse.model.rollup.Change;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.HostMetric;
import org.mailpulse.model.rollup.HostRollupKey;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.rollup.Standing;
import org.mailpulse.model.rollup.TransitionKey;

/** What is bound comes back, column by column, in both of the forms in which the driver sends a batch. */
@Timeout(120)
class RoundTripTest {
    enum Form {
        VALUES,
        ROW_BINARY
    }

    private static final String SEEN = "2026-11-03 04:05:06.789";
    private static final long SEEN_MILLIS = Samples.SEEN.toEpochMilli();

    private Warehouse warehouse;

    @BeforeEach
    void emptySchema() throws Exception {
        warehouse = SharedEngine.empty();
    }

    @ParameterizedTest
    @EnumSource
    void everyColumnOfAVerdictComesBack(Form form) throws Exception {
        write(
                form,
                VerdictTable.INSERT,
                VerdictTable::bind,
                List.of(Samples.hostileDomain(), Samples.withoutMail("x")));

        assertThat(read("verdicts", "domain"))
                .containsExactly(
                        row(
                                entry("survey", "2026-11"),
                                entry("vantage", "oslo"),
                                entry("seq", 7L),
                                entry("domain", HOSTILE),
                                entry("populations", List.of("a", HOSTILE)),
                                entry("organisation", "Ministry of Tests"),
                                entry("category", "ministry"),
                                entry("country", "NO"),
                                entry("tld", HOSTILE),
                                entry("suffix", HOSTILE),
                                entry("provider", HOSTILE),
                                entry("provider_evidence", "MX_DOMAIN"),
                                entry("status", "OK"),
                                entry("reason", ""),
                                entry("implicit_mx", true),
                                entry("adoption", "ALL"),
                                entry("preferred_adoption", "ALL"),
                                entry("all_strict", true),
                                entry("level", "ENFORCED"),
                                entry("mx_hosts", 10L),
                                entry("mx_yes", 4L),
                                entry("mx_no", 3L),
                                entry("mx_mixed", 2L),
                                entry("mx_unknown", 1L),
                                entry("tls_version", "TLSv1.3"),
                                entry("key_exchange", "HYBRID_PQ"),
                                entry("certificate_class", "VALID"),
                                entry("dane", "VALID"),
                                entry("mta_sts", "ENFORCE"),
                                entry("enforcement_broken", true),
                                entry("observed_at", SEEN),
                                entry("method_version", 1L),
                                entry("version", SEEN_MILLIS),
                                entry("certificate_flags", List.of("EXPIRED", "WEAK_KEY")),
                                entry("certificate_ends", 1_795_996_800L),
                                entry("provider_kind", "GATEWAY"),
                                entry("tls_rpt", "PRESENT"),
                                entry("legacy_only", false),
                                entry("vantages_disagree", true),
                                entry("strip_suspected", true),
                                entry("survey_time", "2026-11-01 00:00:00")),
                        row(
                                entry("survey", "2026-11"),
                                entry("vantage", "oslo"),
                                entry("seq", 0L),
                                entry("domain", "x"),
                                entry("populations", List.of()),
                                entry("organisation", ""),
                                entry("category", ""),
                                entry("country", ""),
                                entry("tld", "no"),
                                entry("suffix", "no"),
                                entry("provider", ""),
                                entry("provider_evidence", "NONE"),
                                entry("status", "NULL_MX"),
                                entry("reason", ""),
                                entry("implicit_mx", false),
                                entry("adoption", ""),
                                entry("preferred_adoption", ""),
                                entry("all_strict", false),
                                entry("level", ""),
                                entry("mx_hosts", 0L),
                                entry("mx_yes", 0L),
                                entry("mx_no", 0L),
                                entry("mx_mixed", 0L),
                                entry("mx_unknown", 0L),
                                entry("tls_version", ""),
                                entry("key_exchange", ""),
                                entry("certificate_class", ""),
                                entry("dane", "NOT_MEASURED"),
                                entry("mta_sts", "NOT_MEASURED"),
                                entry("enforcement_broken", false),
                                entry("observed_at", SEEN),
                                entry("method_version", 1L),
                                entry("version", SEEN_MILLIS),
                                entry("certificate_flags", List.of()),
                                entry("certificate_ends", null),
                                entry("provider_kind", ""),
                                entry("tls_rpt", "NOT_MEASURED"),
                                entry("legacy_only", null),
                                entry("vantages_disagree", null),
                                entry("strip_suspected", false),
                                entry("survey_time", "2026-11-01 00:00:00")));
    }

    @ParameterizedTest
    @EnumSource
    void everyColumnOfAHostComesBack(Form form) throws Exception {
        write(
                form,
                HostTable.INSERT,
                HostTable::bind,
                List.of(Samples.secured(HOSTILE, "2001:db8::1", HOSTILE), Samples.skipped("x", "192.0.2.1")));

        assertThat(read("hosts", "mx_host"))
                .containsExactly(
                        row(
                                entry("survey", "2026-11"),
                                entry("vantage", "oslo"),
                                entry("mx_host", HOSTILE),
                                entry("address", "2001:db8::1"),
                                entry("outcome", "TLS_OK"),
                                entry("reason", "NONE"),
                                entry("detail", HOSTILE),
                                entry("banner", HOSTILE),
                                entry("tls_version", "TLSv1.2"),
                                entry("cipher", "TLS_AES_128_GCM_SHA256"),
                                entry("group", "X25519"),
                                entry("key_exchange", "ECDHE"),
                                entry("certificate_class", "EXPIRED"),
                                entry("certificate_flags", List.of("EXPIRED", "WEAK_KEY")),
                                entry("subject", "CN=" + HOSTILE),
                                entry("issuer", "O=" + HOSTILE),
                                entry("not_before", -2_240_524_800L),
                                entry("not_after", 253_402_300_799L),
                                entry("dns_names", List.of("mx.example", HOSTILE)),
                                entry("dns_name_count", 300L),
                                entry("key_type", "RSA"),
                                entry("key_bits", 1024L),
                                entry("signature_algorithm", "SHA256withRSA"),
                                entry("certificate_sha256", "ab".repeat(32)),
                                entry("spki_sha256", "cd".repeat(32)),
                                entry("self_signed", true),
                                entry("chain_trust", "INCOMPLETE"),
                                entry("name_match", "CN_ONLY"),
                                entry("injected_plaintext", true),
                                entry("observed_at", SEEN),
                                entry("method_version", 1L),
                                entry("version", SEEN_MILLIS),
                                entry("ocsp_stapled", true),
                                entry("alert", null),
                                entry("alert_side", ""),
                                entry("legacy_only", false),
                                entry("legacy_version", ""),
                                entry("legacy_cipher", ""),
                                entry("legacy_group", ""),
                                entry("legacy_key_exchange", ""),
                                entry("legacy_dh_bits", null),
                                entry("legacy_certificate_class", ""),
                                entry("legacy_certificate_flags", List.of()),
                                entry("legacy_subject", ""),
                                entry("legacy_issuer", ""),
                                entry("legacy_not_before", null),
                                entry("legacy_not_after", null),
                                entry("legacy_key_type", ""),
                                entry("legacy_key_bits", null),
                                entry("legacy_signature_algorithm", ""),
                                entry("legacy_certificate_sha256", ""),
                                entry("legacy_spki_sha256", ""),
                                entry("legacy_chain_trust", ""),
                                entry("legacy_name_match", ""),
                                entry("accepts_legacy", true),
                                entry("accepted_legacy_version", "TLSv1.1"),
                                entry("accepted_legacy_cipher", "TLS_RSA_WITH_AES_128_CBC_SHA"),
                                entry("accepted_legacy_key_exchange", "RSA"),
                                entry("survey_time", "2026-11-01 00:00:00"),
                                entry("pq_supported", false)),
                        row(
                                entry("survey", "2026-11"),
                                entry("vantage", "oslo"),
                                entry("mx_host", "x"),
                                entry("address", "192.0.2.1"),
                                entry("outcome", "SKIPPED"),
                                entry("reason", "OPTED_OUT"),
                                entry("detail", ""),
                                entry("banner", ""),
                                entry("tls_version", ""),
                                entry("cipher", ""),
                                entry("group", ""),
                                entry("key_exchange", ""),
                                entry("certificate_class", ""),
                                entry("certificate_flags", List.of()),
                                entry("subject", ""),
                                entry("issuer", ""),
                                entry("not_before", null),
                                entry("not_after", null),
                                entry("dns_names", List.of()),
                                entry("dns_name_count", null),
                                entry("key_type", ""),
                                entry("key_bits", null),
                                entry("signature_algorithm", ""),
                                entry("certificate_sha256", ""),
                                entry("spki_sha256", ""),
                                entry("self_signed", null),
                                entry("chain_trust", ""),
                                entry("name_match", ""),
                                entry("injected_plaintext", false),
                                entry("observed_at", null),
                                entry("method_version", 1L),
                                entry("version", 0L),
                                entry("ocsp_stapled", null),
                                entry("alert", null),
                                entry("alert_side", ""),
                                entry("legacy_only", null),
                                entry("legacy_version", ""),
                                entry("legacy_cipher", ""),
                                entry("legacy_group", ""),
                                entry("legacy_key_exchange", ""),
                                entry("legacy_dh_bits", null),
                                entry("legacy_certificate_class", ""),
                                entry("legacy_certificate_flags", List.of()),
                                entry("legacy_subject", ""),
                                entry("legacy_issuer", ""),
                                entry("legacy_not_before", null),
                                entry("legacy_not_after", null),
                                entry("legacy_key_type", ""),
                                entry("legacy_key_bits", null),
                                entry("legacy_signature_algorithm", ""),
                                entry("legacy_certificate_sha256", ""),
                                entry("legacy_spki_sha256", ""),
                                entry("legacy_chain_trust", ""),
                                entry("legacy_name_match", ""),
                                entry("accepts_legacy", null),
                                entry("accepted_legacy_version", ""),
                                entry("accepted_legacy_cipher", ""),
                                entry("accepted_legacy_key_exchange", ""),
                                entry("survey_time", "2026-11-01 00:00:00"),
                                entry("pq_supported", null)));
    }

    @ParameterizedTest
    @EnumSource
    void whatAHostChoseFromTheOlderOfferComesBack(Form form) throws Exception {
        write(form, HostTable.INSERT, HostTable::bind, List.of(Samples.legacyOnly("x", "192.0.2.1")));

        assertThat(read("hosts", "mx_host").get(0))
                .containsAllEntriesOf(row(
                        entry("outcome", "TLS_FAILED"),
                        entry("tls_version", ""),
                        entry("ocsp_stapled", null),
                        entry("alert", 40L),
                        entry("alert_side", "SERVER"),
                        entry("legacy_only", true),
                        entry("legacy_version", "TLSv1"),
                        entry("legacy_cipher", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"),
                        entry("legacy_group", ""),
                        entry("legacy_key_exchange", "DHE"),
                        entry("legacy_dh_bits", 1024L),
                        entry("certificate_class", ""),
                        entry("legacy_certificate_class", "SELF_SIGNED"),
                        entry("legacy_certificate_flags", List.of("SELF_SIGNED", "WEAK_KEY")),
                        entry("legacy_subject", "CN=old"),
                        entry("legacy_issuer", "O=old"),
                        entry("legacy_not_before", -2_240_524_800L),
                        entry("legacy_not_after", 253_402_300_799L),
                        entry("legacy_key_type", "RSA"),
                        entry("legacy_key_bits", 1024L),
                        entry("legacy_signature_algorithm", "SHA256withRSA"),
                        entry("legacy_certificate_sha256", "ab".repeat(32)),
                        entry("legacy_spki_sha256", "cd".repeat(32)),
                        entry("legacy_chain_trust", "INCOMPLETE"),
                        entry("legacy_name_match", "CN_ONLY"),
                        entry("accepts_legacy", null),
                        entry("accepted_legacy_version", "")));
    }

    @ParameterizedTest
    @EnumSource
    void everyCountOfARollupComesBackInItsColumn(Form form) throws Exception {
        long[] counts = new long[Metric.values().length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = 10_000_000_000L + i;
        }
        RollupKey key = new RollupKey("2026-11-24", "oslo", HOSTILE, "no", "kommune.no", HOSTILE, 3);
        write(form, RollupTable.INSERT, RollupTable::bind, List.of(new RollupRow(key, new Counts(counts), 9)));

        Map<String, Object> expected = row(
                entry("survey", "2026-11-24"),
                entry("vantage", "oslo"),
                entry("population", HOSTILE),
                entry("tld", "no"),
                entry("suffix", "kommune.no"),
                entry("provider", HOSTILE));
        for (Metric metric : Metric.values()) {
            expected.put(metric.column(), counts[metric.ordinal()]);
        }
        expected.put("method_version", 3L);
        expected.put("version", 9L);
        expected.put("survey_time", "2026-11-24 00:00:00");
        expected.put("unit", "DOMAIN");
        assertThat(read("rollups", "provider")).containsExactly(expected);
    }

    @ParameterizedTest
    @EnumSource
    void everyCountOfAHostRollupComesBackInItsColumn(Form form) throws Exception {
        long[] counts = new long[HostMetric.values().length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = 10_000_000_000L + i;
        }
        HostRollupKey key = new HostRollupKey("2026-11", "oslo", "*", "no", HOSTILE, 1);
        write(
                form,
                HostRollupTable.INSERT,
                HostRollupTable::bind,
                List.of(new HostRollupRow(key, new Counts(counts), 9)));

        Map<String, Object> expected = row(
                entry("survey", "2026-11"),
                entry("vantage", "oslo"),
                entry("population", "*"),
                entry("tld", "no"),
                entry("provider", HOSTILE));
        for (HostMetric metric : HostMetric.values()) {
            expected.put(metric.column(), counts[metric.ordinal()]);
        }
        expected.put("method_version", 1L);
        expected.put("version", 9L);
        expected.put("survey_time", "2026-11-01 00:00:00");
        expected.put("unit", "MX_HOST");
        assertThat(read("host_rollups", "provider")).containsExactly(expected);
    }

    @ParameterizedTest
    @EnumSource
    void everyColumnOfATransitionComesBack(Form form) throws Exception {
        write(
                form,
                TransitionTable.INSERT,
                TransitionTable::bind,
                List.of(new TransitionRow(
                        new TransitionKey(
                                "2026-11",
                                "2026-10",
                                "oslo",
                                "*",
                                "no",
                                "kommune.no",
                                HOSTILE,
                                "self-hosted",
                                Standing.UNKNOWN,
                                Standing.ENFORCED,
                                1),
                        12,
                        5)));

        assertThat(read("transitions", "provider"))
                .containsExactly(row(
                        entry("survey", "2026-11"),
                        entry("previous", "2026-10"),
                        entry("vantage", "oslo"),
                        entry("population", "*"),
                        entry("tld", "no"),
                        entry("suffix", "kommune.no"),
                        entry("provider", HOSTILE),
                        entry("from_provider", "self-hosted"),
                        entry("from_level", "UNKNOWN"),
                        entry("to_level", "ENFORCED"),
                        entry("domains", 12L),
                        entry("method_version", 1L),
                        entry("version", 5L),
                        entry("survey_time", "2026-11-01 00:00:00")));
    }

    @ParameterizedTest
    @EnumSource
    void everyColumnOfAChangeComesBack(Form form) throws Exception {
        write(
                form,
                ChangeTable.INSERT,
                ChangeTable::bind,
                List.of(new Change(
                        "2026-11",
                        "",
                        "oslo",
                        "a.kommune.no",
                        Change.Kind.CERTIFICATE_EXPIRING,
                        List.of("gov", HOSTILE),
                        "no",
                        "kommune.no",
                        HOSTILE,
                        "",
                        Standing.ABSENT,
                        Standing.PARTIAL,
                        "2026-12-01T00:00:00Z",
                        1)));

        assertThat(read("changes", "domain"))
                .containsExactly(row(
                        entry("survey", "2026-11"),
                        entry("previous", ""),
                        entry("vantage", "oslo"),
                        entry("domain", "a.kommune.no"),
                        entry("kind", "CERTIFICATE_EXPIRING"),
                        entry("populations", List.of("gov", HOSTILE)),
                        entry("tld", "no"),
                        entry("suffix", "kommune.no"),
                        entry("provider", HOSTILE),
                        entry("from_provider", ""),
                        entry("from_level", "ABSENT"),
                        entry("to_level", "PARTIAL"),
                        entry("detail", "2026-12-01T00:00:00Z"),
                        entry("method_version", 1L),
                        entry("survey_time", "2026-11-01 00:00:00")));
    }

    @ParameterizedTest
    @EnumSource
    void aRecordThatWasSetAsideTwiceIsCountedOnce(Form form) throws Exception {
        RowBinder<String> binder =
                (insert, detail) -> AsideTable.bind(insert, "topic-3@12", "LATE", "2026-11", "a.no", detail);
        write(form, AsideTable.INSERT, binder, List.of(HOSTILE));
        write(form, AsideTable.INSERT, binder, List.of(HOSTILE));

        assertThat(Rows.of(warehouse, "SELECT cause, survey, records FROM aside_totals"))
                .containsExactly(row(entry("cause", "LATE"), entry("survey", "2026-11"), entry("records", 1L)));
        assertThat(Rows.firstColumn(warehouse, "SELECT detail FROM aside FINAL"))
                .containsExactly(HOSTILE);
    }

    private <T> void write(Form form, String insert, RowBinder<T> binder, List<T> rows) throws Exception {
        String url = form == Form.VALUES ? warehouse.toString() : warehouse.writingUrl();
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement(insert)) {
            for (T row : rows) {
                binder.bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Times as the server prints them, so that no time zone of ours comes in between. */
    private List<Map<String, Object>> read(String table, String order) throws Exception {
        List<Map<String, Object>> columns = Rows.of(
                warehouse,
                "SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = '" + table
                        + "_final'");
        String select = String.join(
                ", ",
                columns.stream()
                        .map(column -> String.valueOf(column.get("type")).contains("DateTime")
                                ? "toString(`%1$s`) AS `%1$s`".formatted(column.get("name"))
                                : "`" + column.get("name") + "`")
                        .toList());
        return Rows.of(warehouse, "SELECT " + select + " FROM " + table + "_final ORDER BY " + order);
    }

    private record Entry(String column, Object value) {}

    private static Entry entry(String column, Object value) {
        return new Entry(column, value);
    }

    private static Map<String, Object> row(Entry... entries) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (Entry entry : entries) {
            row.put(entry.column(), entry.value());
        }
        return row;
    }
}
