package org.mailpulse.warehouse.export;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.mailpulse.model.rollup.HostMetric;
import org.mailpulse.model.rollup.Metric;

/**
 * The files of an export and their columns. First the columns that others rely on, in an order that must not change;
 * further ones may be added at the end.
 */
enum ExportTable {
    SURVEYS(
            "surveys",
            "Surveys: what was asked, when, and by which definitions",
            "FROM surveys_final WHERE survey = ?",
            "vantage",
            columns(
                    texts("survey", "vantage", "list_id"),
                    integers("targets", "rejected"),
                    times("started_at", "closed_at"),
                    texts("trust_store"),
                    integers("schema_version", "method_version"))),

    DOMAINS(
            "domains",
            "Verdicts: one row per domain and population; a domain in no population has one row",
            "FROM verdicts_final LEFT ARRAY JOIN populations AS population WHERE survey = ?",
            "vantage, method_version, domain",
            columns(
                    texts("survey", "vantage", "domain"),
                    Stream.of(ExportColumn.text("population").explainedBy("populations")),
                    texts("tld", "provider", "status", "adoption", "level"),
                    integers("mx_hosts", "mx_yes", "mx_no", "mx_unknown"),
                    texts("tls_version", "key_exchange", "certificate_class", "dane", "mta_sts"),
                    flags("enforcement_broken"),
                    times("observed_at"),
                    integers("method_version"),
                    // further columns
                    integers("seq"),
                    texts("suffix", "organisation", "category", "country", "provider_evidence", "reason"),
                    flags("implicit_mx"),
                    texts("preferred_adoption"),
                    flags("all_strict"),
                    integers("mx_mixed"),
                    Stream.of(ExportColumn.words("certificate_flags"), ExportColumn.seconds("certificate_ends")),
                    texts("provider_kind", "tls_rpt"),
                    flags("legacy_only", "vantages_disagree", "strip_suspected"))),

    HOSTS(
            "hosts",
            "MX hosts: one row per address that was probed, or deliberately not",
            "FROM hosts_final WHERE survey = ?",
            "vantage, method_version, mx_host, address",
            columns(
                    texts("survey", "vantage", "mx_host", "address", "outcome", "reason", "banner"),
                    texts("tls_version", "cipher", "group", "certificate_class"),
                    Stream.of(ExportColumn.words("certificate_flags")),
                    texts("key_type"),
                    integers("key_bits"),
                    texts("signature_algorithm"),
                    Stream.of(ExportColumn.seconds("not_after")),
                    texts("issuer", "subject", "certificate_sha256"),
                    times("observed_at"),
                    // further columns
                    texts("detail", "key_exchange"),
                    Stream.of(ExportColumn.seconds("not_before"), ExportColumn.texts("dns_names")),
                    integers("dns_name_count"),
                    texts("spki_sha256"),
                    flags("self_signed"),
                    texts("chain_trust", "name_match"),
                    flags("injected_plaintext"),
                    integers("method_version"),
                    flags("ocsp_stapled"),
                    integers("alert"),
                    texts("alert_side"),
                    flags("legacy_only"),
                    texts("legacy_version", "legacy_cipher", "legacy_group", "legacy_key_exchange"),
                    integers("legacy_dh_bits"),
                    texts("legacy_certificate_class"),
                    Stream.of(ExportColumn.words("legacy_certificate_flags")),
                    texts("legacy_subject", "legacy_issuer"),
                    Stream.of(ExportColumn.seconds("legacy_not_before"), ExportColumn.seconds("legacy_not_after")),
                    texts("legacy_key_type"),
                    integers("legacy_key_bits"),
                    texts("legacy_signature_algorithm", "legacy_certificate_sha256", "legacy_spki_sha256"),
                    texts("legacy_chain_trust", "legacy_name_match"),
                    flags("accepts_legacy"),
                    texts("accepted_legacy_version", "accepted_legacy_cipher", "accepted_legacy_key_exchange"),
                    flags("pq_supported"))),

    ROLLUPS(
            "rollups",
            "Counts of domains by population, top-level domain and provider; population * holds every target once",
            "FROM rollups_final WHERE survey = ?",
            "vantage, population, tld, provider, suffix",
            columns(
                    texts("survey", "vantage", "population", "tld", "provider"),
                    counts(Metric.DOMAINS, Metric.FLAG_WEAK_SIGNATURE),
                    integers("method_version"),
                    texts("suffix", "unit"),
                    // further columns
                    counts(Metric.LEGACY_MEASURED, Metric.values()[Metric.values().length - 1]))),

    HOST_ROLLUPS(
            "host_rollups",
            "Counts of MX hosts by population, top-level domain and provider; * stands for all, and rows must not be added up",
            "FROM host_rollups_final WHERE survey = ?",
            "vantage, population, tld, provider",
            columns(
                    texts("survey", "vantage", "population", "tld", "provider"),
                    integers(Arrays.stream(HostMetric.values())
                            .map(HostMetric::column)
                            .toArray(String[]::new)),
                    integers("method_version"),
                    texts("unit"))),

    TRANSITIONS(
            "transitions",
            "Moves of domains between levels since the survey before",
            "FROM transitions_final WHERE survey = ?",
            "vantage, population, tld, provider, from_provider, from_level, to_level, suffix",
            columns(
                    texts("survey", "vantage", "population", "tld", "provider", "from_level", "to_level"),
                    integers("domains", "method_version"),
                    // further columns
                    texts("previous", "suffix", "from_provider"))),

    CHANGES(
            "changes",
            "What happened to single domains since the survey before",
            "FROM changes_final WHERE survey = ?",
            "vantage, domain, kind",
            columns(
                    texts("survey", "vantage", "domain", "kind", "from_level", "to_level"),
                    texts("from_provider", "provider", "detail", "previous", "tld", "suffix"),
                    Stream.of(ExportColumn.texts("populations")),
                    integers("method_version")));

    private final String fileName;
    private final String title;
    private final String source;
    private final String order;
    private final List<ExportColumn> columns;

    ExportTable(String fileName, String title, String source, String order, List<ExportColumn> columns) {
        this.fileName = fileName;
        this.title = title;
        this.source = source;
        this.order = order;
        this.columns = columns;
    }

    String fileName() {
        return fileName + ".csv";
    }

    /** Name of the file without its type. */
    String baseName() {
        return fileName;
    }

    /** The table of the warehouse whose comments explain the columns. */
    String explainedBy() {
        return this == DOMAINS ? "verdicts" : fileName;
    }

    String title() {
        return title;
    }

    List<ExportColumn> columns() {
        return columns;
    }

    /**
     * Parameters: the survey, as often as there are question marks. The order is that of the table's key, so nothing is sorted.
     *
     * @param method version of the method; null for the newest that the survey was judged by
     */
    String sql(Integer method) {
        return "SELECT " + columns.stream().map(ExportColumn::sql).collect(joining(", ")) + " " + source
                + (this == SURVEYS ? "" : judgedBy(method)) + " ORDER BY " + order;
    }

    private static String judgedBy(Integer method) {
        return method == null
                ? " AND (vantage, method_version) IN"
                        + " (SELECT vantage, max(method_version) FROM rollups WHERE survey = ? GROUP BY vantage)"
                : " AND method_version = " + method;
    }

    @SafeVarargs
    private static List<ExportColumn> columns(Stream<ExportColumn>... parts) {
        List<ExportColumn> columns = new ArrayList<>();
        for (Stream<ExportColumn> part : parts) {
            part.forEach(columns::add);
        }
        return List.copyOf(columns);
    }

    private static Stream<ExportColumn> texts(String... names) {
        return Arrays.stream(names).map(ExportColumn::text);
    }

    private static Stream<ExportColumn> integers(String... names) {
        return Arrays.stream(names).map(ExportColumn::integer);
    }

    private static Stream<ExportColumn> counts(Metric first, Metric last) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.compareTo(first) >= 0 && metric.compareTo(last) <= 0)
                .map(metric -> ExportColumn.integer(metric.column()));
    }

    private static Stream<ExportColumn> flags(String... names) {
        return Arrays.stream(names).map(ExportColumn::flag);
    }

    private static Stream<ExportColumn> times(String... names) {
        return Arrays.stream(names).map(ExportColumn::time);
    }
}
