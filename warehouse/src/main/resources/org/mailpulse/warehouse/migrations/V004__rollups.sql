-- Counts of domains, one row per cell of the cube. A reader sums cells of one population; the population '*' holds
-- every target once. A cell whose domains all moved elsewhere stays, with zeros.
CREATE TABLE IF NOT EXISTS rollups
(
    survey LowCardinality(String) COMMENT 'Nominal date of the survey, YYYY-MM or YYYY-MM-DD',
    vantage LowCardinality(String) COMMENT 'Vantage point from which was probed',
    population LowCardinality(String) COMMENT 'Name of a list of domains; * for every target of the survey',
    tld LowCardinality(String) COMMENT 'Top-level domain',
    provider String COMMENT 'Inbound MX provider; empty where there is none',
    domains Int64 COMMENT 'All domains',
    eligible Int64 COMMENT 'Domains that take mail as far as DNS tells, or whose DNS failed',
    implicit_mx Int64 COMMENT 'Domains without MX record, but with an address',
    status_dns_error Int64 COMMENT 'Domains with status DNS_ERROR',
    status_nxdomain Int64 COMMENT 'Domains with status NXDOMAIN',
    status_null_mx Int64 COMMENT 'Domains with status NULL_MX',
    status_no_address Int64 COMMENT 'Domains with status NO_ADDRESS',
    status_local_only Int64 COMMENT 'Domains with status LOCAL_ONLY',
    adoption_none Int64 COMMENT 'Domains with adoption NONE',
    adoption_some Int64 COMMENT 'Domains with adoption SOME',
    adoption_all Int64 COMMENT 'Domains with adoption ALL',
    adoption_unknown Int64 COMMENT 'Domains with adoption UNKNOWN',
    all_strict Int64 COMMENT 'Domains of which every MX host is determinate and does STARTTLS',
    preferred_none Int64 COMMENT 'Domains with adoption NONE over their most preferred MX hosts',
    preferred_some Int64 COMMENT 'Domains with adoption SOME over their most preferred MX hosts',
    preferred_all Int64 COMMENT 'Domains with adoption ALL over their most preferred MX hosts',
    level_plaintext Int64 COMMENT 'Domains at level PLAINTEXT',
    level_partial Int64 COMMENT 'Domains at level PARTIAL',
    level_opportunistic Int64 COMMENT 'Domains at level OPPORTUNISTIC',
    level_authenticable Int64 COMMENT 'Domains at level AUTHENTICABLE',
    level_enforced Int64 COMMENT 'Domains at level ENFORCED',
    certificate_valid Int64 COMMENT 'Domains whose worst certificate is VALID',
    certificate_expired Int64 COMMENT 'Domains whose worst certificate is EXPIRED',
    certificate_not_yet_valid Int64 COMMENT 'Domains whose worst certificate is NOT_YET_VALID',
    certificate_self_signed Int64 COMMENT 'Domains whose worst certificate is SELF_SIGNED',
    certificate_untrusted Int64 COMMENT 'Domains whose worst certificate is UNTRUSTED',
    certificate_name_mismatch Int64 COMMENT 'Domains whose worst certificate is NAME_MISMATCH',
    certificate_placeholder Int64 COMMENT 'Domains whose worst certificate is PLACEHOLDER',
    certificate_weak_key Int64 COMMENT 'Domains whose worst certificate is WEAK_KEY',
    certificate_weak_signature Int64 COMMENT 'Domains whose worst certificate is WEAK_SIGNATURE',
    tls_ssl_3 Int64 COMMENT 'Domains whose lowest version is SSLv3',
    tls_1_0 Int64 COMMENT 'Domains whose lowest version is TLSv1',
    tls_1_1 Int64 COMMENT 'Domains whose lowest version is TLSv1.1',
    tls_1_2 Int64 COMMENT 'Domains whose lowest version is TLSv1.2',
    tls_1_3 Int64 COMMENT 'Domains whose lowest version is TLSv1.3',
    key_exchange_rsa Int64 COMMENT 'Domains whose weakest key exchange is RSA',
    key_exchange_dhe Int64 COMMENT 'Domains whose weakest key exchange is DHE',
    key_exchange_ecdhe Int64 COMMENT 'Domains whose weakest key exchange is ECDHE',
    key_exchange_hybrid_pq Int64 COMMENT 'Domains whose weakest key exchange is HYBRID_PQ',
    dane_measured Int64 COMMENT 'Domains whose DANE state was measured',
    dane_partial Int64 COMMENT 'Domains with DANE state PARTIAL',
    dane_valid Int64 COMMENT 'Domains with DANE state VALID',
    dane_broken Int64 COMMENT 'Domains with DANE state BROKEN',
    mta_sts_measured Int64 COMMENT 'Domains whose MTA-STS state was measured',
    mta_sts_testing Int64 COMMENT 'Domains with MTA-STS state TESTING',
    mta_sts_enforce Int64 COMMENT 'Domains with MTA-STS state ENFORCE',
    mta_sts_broken Int64 COMMENT 'Domains with MTA-STS state BROKEN',
    enforcement_broken Int64 COMMENT 'Domains that tell senders to insist, but would not be reached',
    method_version UInt16 COMMENT 'Version of the methodology',
    version UInt64 COMMENT 'Grows with every change of the cell',
    survey_time DateTime('UTC') MATERIALIZED toDateTime(if(length(survey) = 7, concat(survey, '-01'), survey), 'UTC')
        COMMENT 'Nominal date as a time'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY left(survey, 4)
ORDER BY (population, vantage, method_version, survey, tld, provider)
COMMENT 'Counts of domains, one row per survey, vantage point, population, top-level domain, provider and method version';

CREATE OR REPLACE VIEW rollups_final AS
SELECT *, survey_time
FROM rollups FINAL
WHERE domains != 0
SETTINGS do_not_merge_across_partitions_select_final = 1;
