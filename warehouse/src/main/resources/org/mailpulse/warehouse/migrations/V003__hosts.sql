-- What one endpoint showed. Bounds of certificates are seconds since 1970, as the year 9999, which RFC 5280 reserves
-- for "no end", lies beyond DateTime64.
CREATE TABLE IF NOT EXISTS hosts
(
    survey LowCardinality(String) COMMENT 'Nominal date of the survey, YYYY-MM or YYYY-MM-DD',
    vantage LowCardinality(String) COMMENT 'Vantage point from which was probed',
    mx_host String COMMENT 'MX host name',
    address String COMMENT 'IPv4 or IPv6 address',
    outcome LowCardinality(String) COMMENT 'TLS_OK, TLS_FAILED, NOT_OFFERED, STRIP_SUSPECT, SMTP_REFUSED, NOT_SMTP, UNREACHABLE or SKIPPED',
    reason LowCardinality(String) COMMENT 'Phase and manner in which the probe ended',
    detail String COMMENT 'The reason in words of the server or of the library; text from strangers',
    banner String COMMENT 'Greeting of the server; text from strangers',
    tls_version LowCardinality(String) COMMENT 'Negotiated version, such as TLSv1.3',
    cipher LowCardinality(String) COMMENT 'Negotiated cipher suite',
    `group` LowCardinality(String) COMMENT 'Negotiated named group, such as X25519MLKEM768',
    key_exchange LowCardinality(String) COMMENT 'RSA, DHE, ECDHE, HYBRID_PQ or NOT_MEASURED',
    certificate_class LowCardinality(String) COMMENT 'First flag in the order of precedence, else VALID; empty without certificate',
    certificate_flags Array(LowCardinality(String)) COMMENT 'Faults of the certificate, in the order of precedence',
    subject String COMMENT 'Subject of the leaf certificate; text from strangers',
    issuer String COMMENT 'Issuer of the leaf certificate; text from strangers',
    not_before Nullable(Int64) COMMENT 'Start of validity',
    not_after Nullable(Int64) COMMENT 'End of validity',
    dns_names Array(String) COMMENT 'First names in the certificate; text from strangers',
    dns_name_count Nullable(UInt32) COMMENT 'Names in the certificate',
    key_type LowCardinality(String) COMMENT 'RSA, EC, Ed25519 and so on',
    key_bits Nullable(UInt32) COMMENT 'Size of the key; 0 where it could not be told',
    signature_algorithm LowCardinality(String) COMMENT 'Algorithm by which the issuer signed',
    certificate_sha256 String COMMENT 'SHA-256 of the certificate in hexadecimal',
    spki_sha256 String COMMENT 'SHA-256 of the SubjectPublicKeyInfo in hexadecimal',
    self_signed Nullable(Bool) COMMENT 'Issuer is subject and the signature verifies with the own key',
    chain_trust LowCardinality(String) COMMENT 'Whether a path to the trust store was found',
    name_match LowCardinality(String) COMMENT 'How the certificate names the MX host',
    injected_plaintext Bool COMMENT 'Plain text came between the consent to STARTTLS and the handshake',
    observed_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the endpoint was probed; empty where nothing was sent',
    method_version UInt16 COMMENT 'Version of the methodology',
    version UInt64 COMMENT 'Milliseconds since 1970 of the probe, 0 where nothing was sent',
    survey_time DateTime('UTC') MATERIALIZED toDateTime(if(length(survey) = 7, concat(survey, '-01'), survey), 'UTC')
        COMMENT 'Nominal date as a time'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY left(survey, 4)
ORDER BY (survey, vantage, method_version, mx_host, address)
COMMENT 'MX hosts, one row per survey, vantage point, host, address and method version';

CREATE OR REPLACE VIEW hosts_final AS
SELECT *, survey_time
FROM hosts FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;
