-- What the facts about one domain in one survey mean. The newest observation wins.
-- Enums are stored by name; '' stands for "does not apply".
CREATE TABLE IF NOT EXISTS verdicts
(
    survey LowCardinality(String) COMMENT 'Nominal date of the survey, YYYY-MM or YYYY-MM-DD',
    vantage LowCardinality(String) COMMENT 'Vantage point from which was probed',
    seq UInt64 COMMENT 'Number of the target in the pinned list',
    domain String COMMENT 'Domain as A-labels in lower case',
    populations Array(LowCardinality(String)) COMMENT 'Names of the lists that hold the domain',
    organisation String COMMENT 'Organisation behind the domain, where the list tells',
    category LowCardinality(String) COMMENT 'Category of the organisation, where the list tells',
    country LowCardinality(String) COMMENT 'Country of the organisation, where the list tells',
    tld LowCardinality(String) COMMENT 'Top-level domain',
    suffix LowCardinality(String) COMMENT 'Public suffix',
    provider String COMMENT 'Inbound MX provider; self-hosted where the MX host lies in the domain itself; empty where there is none',
    provider_evidence LowCardinality(String) COMMENT 'What the provider name rests on',
    status LowCardinality(String) COMMENT 'OK, DNS_ERROR, NXDOMAIN, NULL_MX, NO_ADDRESS or LOCAL_ONLY; only the first two are eligible',
    reason String COMMENT 'Why the status or the adoption is what it is, where that needs a word',
    implicit_mx Bool COMMENT 'No MX record, but an address: mail goes to the domain itself',
    adoption LowCardinality(String) COMMENT 'ALL, SOME, NONE or UNKNOWN of the determinate MX hosts do STARTTLS; empty where not eligible',
    preferred_adoption LowCardinality(String) COMMENT 'The same over the most preferred MX hosts alone',
    all_strict Bool COMMENT 'Every MX host is determinate and does STARTTLS',
    level LowCardinality(String) COMMENT 'PLAINTEXT, PARTIAL, OPPORTUNISTIC, AUTHENTICABLE, ENFORCED or UNKNOWN; empty where not eligible',
    mx_hosts UInt32 COMMENT 'MX hosts; the sum of the next four',
    mx_yes UInt32 COMMENT 'MX hosts that do STARTTLS at every determinate address',
    mx_no UInt32 COMMENT 'MX hosts that do it at none',
    mx_mixed UInt32 COMMENT 'MX hosts that do it at some',
    mx_unknown UInt32 COMMENT 'MX hosts without a determinate address',
    tls_version LowCardinality(String) COMMENT 'Lowest negotiated version among the determinate MX hosts',
    key_exchange LowCardinality(String) COMMENT 'Weakest negotiated key exchange: RSA, DHE, ECDHE, HYBRID_PQ or NOT_MEASURED',
    certificate_class LowCardinality(String) COMMENT 'Worst certificate class among the determinate MX hosts',
    dane LowCardinality(String) COMMENT 'NOT_MEASURED, NONE, PARTIAL, VALID or BROKEN',
    mta_sts LowCardinality(String) COMMENT 'NOT_MEASURED, NONE, DISABLED, TESTING, ENFORCE or BROKEN',
    enforcement_broken Bool COMMENT 'Senders are told to insist, but would not get through',
    observed_at DateTime64(3, 'UTC') COMMENT 'When the domain was observed',
    method_version UInt16 COMMENT 'Version of the methodology',
    version UInt64 COMMENT 'Milliseconds since 1970 of the observation',
    survey_time DateTime('UTC') MATERIALIZED toDateTime(if(length(survey) = 7, concat(survey, '-01'), survey), 'UTC')
        COMMENT 'Nominal date as a time'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY left(survey, 4)
ORDER BY (survey, vantage, method_version, domain)
COMMENT 'Verdicts, one row per survey, vantage point, domain and method version';

-- A key never leaves its partition, so partitions need not be merged with each other.
CREATE OR REPLACE VIEW verdicts_final AS
SELECT *, survey_time
FROM verdicts FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;
