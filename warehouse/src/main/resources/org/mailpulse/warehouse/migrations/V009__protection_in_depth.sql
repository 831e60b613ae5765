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
    ADD COLUMN IF NOT EXISTS accepted_legacy_key_exchange LowCardinality(String) COMMENT 'RSA, DHE or ECDHE, of that suite' AFTER accepted_legacy_cipher,
    ADD COLUMN IF NOT EXISTS pq_supported Nullable(Bool)
        MATERIALIZED if(key_exchange IN ('', 'NOT_MEASURED'), NULL, key_exchange = 'HYBRID_PQ')
        COMMENT 'It took the post-quantum key exchange that every offer holds; empty where no key exchange was measured';

CREATE OR REPLACE VIEW hosts_final AS
SELECT *, survey_time, pq_supported
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
