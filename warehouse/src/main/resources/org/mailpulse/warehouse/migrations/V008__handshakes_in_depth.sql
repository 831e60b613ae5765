-- What a handshake shows beyond version, suite and group; and what servers choose that fail the modern offer.
-- They stand before the column that is made of others: a driver that writes rows in binary goes by position.
ALTER TABLE hosts
    ADD COLUMN IF NOT EXISTS ocsp_stapled Nullable(Bool) COMMENT 'An OCSP response came with the certificate' AFTER version,
    ADD COLUMN IF NOT EXISTS alert Nullable(UInt8) COMMENT 'Number of the TLS alert that ended the handshake' AFTER ocsp_stapled,
    ADD COLUMN IF NOT EXISTS alert_side LowCardinality(String) COMMENT 'Who sent the alert: SERVER or PROBER' AFTER alert,
    ADD COLUMN IF NOT EXISTS legacy_only Nullable(Bool) COMMENT 'The modern offer failed and an older one was accepted; empty where not known' AFTER alert_side,
    ADD COLUMN IF NOT EXISTS legacy_version LowCardinality(String) COMMENT 'Version chosen from the older offer' AFTER legacy_only,
    ADD COLUMN IF NOT EXISTS legacy_cipher LowCardinality(String) COMMENT 'Cipher suite chosen from the older offer' AFTER legacy_version,
    ADD COLUMN IF NOT EXISTS legacy_group LowCardinality(String) COMMENT 'Named group chosen from the older offer' AFTER legacy_cipher,
    ADD COLUMN IF NOT EXISTS legacy_key_exchange LowCardinality(String) COMMENT 'RSA, DHE, ECDHE or NOT_MEASURED, of the older offer' AFTER legacy_group,
    ADD COLUMN IF NOT EXISTS legacy_dh_bits Nullable(UInt32) COMMENT 'Size of the prime, for DHE' AFTER legacy_key_exchange;

CREATE OR REPLACE VIEW hosts_final AS
SELECT *, survey_time
FROM hosts FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;
