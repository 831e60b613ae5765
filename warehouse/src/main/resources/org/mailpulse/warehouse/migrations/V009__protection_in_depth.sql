-- Servers that know only old TLS, by domain, and the certificates that they show; whether others take old TLS, too; who asks
-- for reports about TLS. New columns stand before the one that is made of others, as in V008, and counts beside counts.
ALTER TABLE verdicts
    ADD COLUMN IF NOT EXISTS tls_rpt LowCardinality(String) COMMENT 'NOT_MEASURED, NONE, PRESENT or MALFORMED; empty in rows older than the question' AFTER version,
    ADD COLUMN IF NOT EXISTS legacy_only Nullable(Bool) COMMENT 'A mail server of the domain knows only what is too old for the modern offer; empty where not known' AFTER tls_rpt;

CREATE OR REPLACE VIEW verdicts_final AS
SELECT *, survey_time
FROM verdicts FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

ALTER TABLE hosts
    ADD COLUMN IF NOT EXISTS legacy_certificate_class LowCardinality(String) COMMENT 'Class of the certificate that was shown with the choice from the older offer; no handshake was completed with it' AFTER legacy_dh_bits,
    ADD COLUMN IF NOT EXISTS legacy_certificate_flags Array(LowCardinality(String)) COMMENT 'Its faults, in the order of precedence' AFTER legacy_certificate_class,
    ADD COLUMN IF NOT EXISTS legacy_subject String COMMENT 'Its subject; text from strangers' AFTER legacy_certificate_flags,
    ADD COLUMN IF NOT EXISTS legacy_issuer String COMMENT 'Its issuer; text from strangers' AFTER legacy_subject,
    ADD COLUMN IF NOT EXISTS legacy_not_before Nullable(Int64) COMMENT 'Start of its validity' AFTER legacy_issuer,
    ADD COLUMN IF NOT EXISTS legacy_not_after Nullable(Int64) COMMENT 'End of its validity' AFTER legacy_not_before,
    ADD COLUMN IF NOT EXISTS legacy_key_type LowCardinality(String) COMMENT 'Type of its key' AFTER legacy_not_after,
    ADD COLUMN IF NOT EXISTS legacy_key_bits Nullable(UInt32) COMMENT 'Size of its key; 0 where it could not be told' AFTER legacy_key_type,
    ADD COLUMN IF NOT EXISTS legacy_signature_algorithm LowCardinality(String) COMMENT 'Algorithm by which its issuer signed' AFTER legacy_key_bits,
    ADD COLUMN IF NOT EXISTS legacy_certificate_sha256 String COMMENT 'Its SHA-256 in hexadecimal' AFTER legacy_signature_algorithm,
    ADD COLUMN IF NOT EXISTS legacy_spki_sha256 String COMMENT 'SHA-256 of its SubjectPublicKeyInfo in hexadecimal' AFTER legacy_certificate_sha256,
    ADD COLUMN IF NOT EXISTS legacy_chain_trust LowCardinality(String) COMMENT 'Whether a path from it to the trust store was found' AFTER legacy_spki_sha256,
    ADD COLUMN IF NOT EXISTS legacy_name_match LowCardinality(String) COMMENT 'How it names the MX host' AFTER legacy_chain_trust,
    ADD COLUMN IF NOT EXISTS accepts_legacy Nullable(Bool) COMMENT 'A server that takes the modern offer also takes TLS 1.1 or older; empty where not asked or not known' AFTER legacy_name_match,
    ADD COLUMN IF NOT EXISTS accepted_legacy_version LowCardinality(String) COMMENT 'Version chosen from the offer of TLS 1.1 or older' AFTER accepts_legacy,
    ADD COLUMN IF NOT EXISTS accepted_legacy_cipher LowCardinality(String) COMMENT 'Cipher suite chosen from it' AFTER accepted_legacy_version,
    ADD COLUMN IF NOT EXISTS accepted_legacy_key_exchange LowCardinality(String) COMMENT 'RSA, DHE or ECDHE, of that suite' AFTER accepted_legacy_cipher;

CREATE OR REPLACE VIEW hosts_final AS
SELECT *, survey_time
FROM hosts FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

ALTER TABLE rollups
    ADD COLUMN IF NOT EXISTS legacy_measured Int64 COMMENT 'Domains of which it is known whether a mail server knows only old TLS' AFTER enforcement_broken,
    ADD COLUMN IF NOT EXISTS legacy_only Int64 COMMENT 'Domains of which one does' AFTER legacy_measured,
    ADD COLUMN IF NOT EXISTS tls_rpt_measured Int64 COMMENT 'Domains whose TLS-RPT state was measured' AFTER legacy_only,
    ADD COLUMN IF NOT EXISTS tls_rpt_present Int64 COMMENT 'Domains with TLS-RPT state PRESENT' AFTER tls_rpt_measured;

CREATE OR REPLACE VIEW rollups_final AS
SELECT *, survey_time
FROM rollups FINAL
WHERE domains != 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW survey_totals AS
SELECT
    *,
    adoption_none + adoption_some + adoption_all AS known,
    if(eligible = 0, NULL, known / eligible) AS coverage,
    known >= 20 AND known / eligible >= 0.7 AS publishable,
    if(publishable, adoption_none / known, NULL) AS none_share,
    if(publishable, adoption_some / known, NULL) AS some_share,
    if(publishable, adoption_all / known, NULL) AS all_share,
    if(publishable, adoption_all / eligible, NULL) AS all_lower_bound,
    if(publishable, (adoption_all + adoption_unknown) / eligible, NULL) AS all_upper_bound,
    if(publishable, level_plaintext / known, NULL) AS plaintext_share,
    if(publishable, level_partial / known, NULL) AS partial_share,
    if(publishable, level_opportunistic / known, NULL) AS opportunistic_share,
    if(publishable, level_authenticable / known, NULL) AS authenticable_share,
    if(publishable, level_enforced / known, NULL) AS enforced_share
FROM
(
    SELECT
        survey_time, survey, vantage, method_version, population,
        sum(cells.domains) AS domains,
        sum(cells.eligible) AS eligible,
        sum(cells.implicit_mx) AS implicit_mx,
        sum(cells.status_dns_error) AS status_dns_error,
        sum(cells.status_nxdomain) AS status_nxdomain,
        sum(cells.status_null_mx) AS status_null_mx,
        sum(cells.status_no_address) AS status_no_address,
        sum(cells.status_local_only) AS status_local_only,
        sum(cells.adoption_none) AS adoption_none,
        sum(cells.adoption_some) AS adoption_some,
        sum(cells.adoption_all) AS adoption_all,
        sum(cells.adoption_unknown) AS adoption_unknown,
        sum(cells.all_strict) AS all_strict,
        sum(cells.preferred_none) AS preferred_none,
        sum(cells.preferred_some) AS preferred_some,
        sum(cells.preferred_all) AS preferred_all,
        sum(cells.level_plaintext) AS level_plaintext,
        sum(cells.level_partial) AS level_partial,
        sum(cells.level_opportunistic) AS level_opportunistic,
        sum(cells.level_authenticable) AS level_authenticable,
        sum(cells.level_enforced) AS level_enforced,
        sum(cells.certificate_valid) AS certificate_valid,
        sum(cells.certificate_expired) AS certificate_expired,
        sum(cells.certificate_not_yet_valid) AS certificate_not_yet_valid,
        sum(cells.certificate_self_signed) AS certificate_self_signed,
        sum(cells.certificate_untrusted) AS certificate_untrusted,
        sum(cells.certificate_name_mismatch) AS certificate_name_mismatch,
        sum(cells.certificate_placeholder) AS certificate_placeholder,
        sum(cells.certificate_weak_key) AS certificate_weak_key,
        sum(cells.certificate_weak_signature) AS certificate_weak_signature,
        sum(cells.tls_ssl_3) AS tls_ssl_3,
        sum(cells.tls_1_0) AS tls_1_0,
        sum(cells.tls_1_1) AS tls_1_1,
        sum(cells.tls_1_2) AS tls_1_2,
        sum(cells.tls_1_3) AS tls_1_3,
        sum(cells.key_exchange_rsa) AS key_exchange_rsa,
        sum(cells.key_exchange_dhe) AS key_exchange_dhe,
        sum(cells.key_exchange_ecdhe) AS key_exchange_ecdhe,
        sum(cells.key_exchange_hybrid_pq) AS key_exchange_hybrid_pq,
        sum(cells.dane_measured) AS dane_measured,
        sum(cells.dane_partial) AS dane_partial,
        sum(cells.dane_valid) AS dane_valid,
        sum(cells.dane_broken) AS dane_broken,
        sum(cells.mta_sts_measured) AS mta_sts_measured,
        sum(cells.mta_sts_testing) AS mta_sts_testing,
        sum(cells.mta_sts_enforce) AS mta_sts_enforce,
        sum(cells.mta_sts_broken) AS mta_sts_broken,
        sum(cells.enforcement_broken) AS enforcement_broken,
        sum(cells.legacy_measured) AS legacy_measured,
        sum(cells.legacy_only) AS legacy_only,
        sum(cells.tls_rpt_measured) AS tls_rpt_measured,
        sum(cells.tls_rpt_present) AS tls_rpt_present
    FROM rollups_final AS cells
    WHERE (survey, vantage, method_version) IN (SELECT survey, vantage, method_version FROM current_methods)
    GROUP BY survey_time, survey, vantage, method_version, population
);
