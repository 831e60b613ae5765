-- The facts themselves, so that all history can be judged again when the topics have been cut. One record of each key: the
-- newest, and of two of the same moment the one with the greater fingerprint, as in the job. A slice is a 256th of a survey, by
-- domain or MX host, that can be read by itself.
CREATE TABLE IF NOT EXISTS observations
(
    survey LowCardinality(String) COMMENT 'Nominal date of the survey, YYYY-MM or YYYY-MM-DD',
    vantage LowCardinality(String) COMMENT 'Vantage point from which was probed',
    domain String COMMENT 'Domain as A-labels in lower case',
    observed_at DateTime64(3, 'UTC') COMMENT 'When the domain was observed',
    json String COMMENT 'The record as it came on mailpulse.observations' CODEC(ZSTD(3)),
    version UInt128 COMMENT 'Nanoseconds since 1970 of the observation, then the fingerprint of the record',
    slice UInt8 MATERIALIZED toUInt8(cityHash64(domain) % 256) COMMENT 'Which part of the survey it is read with'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY survey
ORDER BY (survey, slice, vantage, domain)
COMMENT 'Observations as they came, one row per survey, vantage point and domain; what came late is not here';

CREATE TABLE IF NOT EXISTS handshakes
(
    survey LowCardinality(String) COMMENT 'Nominal date of the survey, YYYY-MM or YYYY-MM-DD',
    vantage LowCardinality(String) COMMENT 'Vantage point from which was probed',
    mx_host String COMMENT 'MX host',
    address String COMMENT 'Its address',
    observed_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When it was probed; empty where it was deliberately not',
    json String COMMENT 'The record as it came on mailpulse.handshakes' CODEC(ZSTD(3)),
    version UInt128 COMMENT 'Nanoseconds since 1970 of the probe, then the fingerprint of the record',
    slice UInt8 MATERIALIZED toUInt8(cityHash64(mx_host) % 256) COMMENT 'Which part of the survey it is read with'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY survey
ORDER BY (survey, slice, vantage, mx_host, address)
COMMENT 'Handshakes as they came, one row per survey, vantage point, MX host and address';

CREATE OR REPLACE VIEW observations_final AS
SELECT *, slice
FROM observations FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW handshakes_final AS
SELECT *, slice
FROM handshakes FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;
