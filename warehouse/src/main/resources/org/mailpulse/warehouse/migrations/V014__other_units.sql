-- The same counts in other units. MX hosts: each that domains of a cell use, once. A host serves domains of many cells, so rows must not be
-- added up: sums have rows of their own, with * as population, tld or provider.
CREATE TABLE IF NOT EXISTS host_rollups
(
    survey LowCardinality(String) COMMENT 'Nominal date of the survey, YYYY-MM or YYYY-MM-DD',
    vantage LowCardinality(String) COMMENT 'Vantage point from which was probed',
    population LowCardinality(String) COMMENT 'Name of a list of domains; * for every target of the survey',
    tld LowCardinality(String) COMMENT 'Top-level domain of the domains; * for all',
    provider String COMMENT 'Inbound MX provider of the domains; * for all',
    mx_hosts Int64 COMMENT 'MX hosts that domains of the cell use',
    hosts_yes Int64 COMMENT 'MX hosts that do STARTTLS at every determinate address',
    hosts_no Int64 COMMENT 'MX hosts that do it at none',
    hosts_mixed Int64 COMMENT 'MX hosts that do it at some',
    hosts_unknown Int64 COMMENT 'MX hosts without a determinate address',
    hosts_broken Int64 COMMENT 'MX hosts of which an address offers STARTTLS, but no handshake comes of it',
    certificate_valid Int64 COMMENT 'MX hosts whose worst certificate is VALID',
    certificate_expired Int64 COMMENT 'MX hosts whose worst certificate is EXPIRED',
    certificate_not_yet_valid Int64 COMMENT 'MX hosts whose worst certificate is NOT_YET_VALID',
    certificate_self_signed Int64 COMMENT 'MX hosts whose worst certificate is SELF_SIGNED',
    certificate_untrusted Int64 COMMENT 'MX hosts whose worst certificate is UNTRUSTED',
    certificate_name_mismatch Int64 COMMENT 'MX hosts whose worst certificate is NAME_MISMATCH',
    certificate_placeholder Int64 COMMENT 'MX hosts whose worst certificate is PLACEHOLDER',
    certificate_weak_key Int64 COMMENT 'MX hosts whose worst certificate is WEAK_KEY',
    certificate_weak_signature Int64 COMMENT 'MX hosts whose worst certificate is WEAK_SIGNATURE',
    flag_expired Int64 COMMENT 'MX hosts of which a certificate is EXPIRED, whatever its class',
    flag_not_yet_valid Int64 COMMENT 'MX hosts of which a certificate is NOT_YET_VALID, whatever its class',
    flag_self_signed Int64 COMMENT 'MX hosts of which a certificate is SELF_SIGNED, whatever its class',
    flag_untrusted Int64 COMMENT 'MX hosts of which a certificate is UNTRUSTED, whatever its class',
    flag_name_mismatch Int64 COMMENT 'MX hosts of which a certificate is NAME_MISMATCH, whatever its class',
    flag_placeholder Int64 COMMENT 'MX hosts of which a certificate is PLACEHOLDER, whatever its class',
    flag_weak_key Int64 COMMENT 'MX hosts of which a certificate is WEAK_KEY, whatever its class',
    flag_weak_signature Int64 COMMENT 'MX hosts of which a certificate is WEAK_SIGNATURE, whatever its class',
    tls_ssl_3 Int64 COMMENT 'MX hosts whose lowest version is SSLv3',
    tls_1_0 Int64 COMMENT 'MX hosts whose lowest version is TLSv1',
    tls_1_1 Int64 COMMENT 'MX hosts whose lowest version is TLSv1.1',
    tls_1_2 Int64 COMMENT 'MX hosts whose lowest version is TLSv1.2',
    tls_1_3 Int64 COMMENT 'MX hosts whose lowest version is TLSv1.3',
    key_exchange_rsa Int64 COMMENT 'MX hosts whose weakest key exchange is RSA',
    key_exchange_dhe Int64 COMMENT 'MX hosts whose weakest key exchange is DHE',
    key_exchange_ecdhe Int64 COMMENT 'MX hosts whose weakest key exchange is ECDHE',
    key_exchange_hybrid_pq Int64 COMMENT 'MX hosts whose weakest key exchange is HYBRID_PQ',
    forward_secrecy Int64 COMMENT 'MX hosts whose weakest key exchange is DHE, ECDHE or HYBRID_PQ',
    method_version UInt16 COMMENT 'Version of the methodology',
    version UInt64 COMMENT 'Grows with every change of the cell',
    survey_time DateTime('UTC') MATERIALIZED toDateTime(if(length(survey) = 7, concat(survey, '-01'), survey), 'UTC')
        COMMENT 'Nominal date as a time',
    unit LowCardinality(String) MATERIALIZED 'MX_HOST' COMMENT 'What is counted'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY left(survey, 4)
ORDER BY (population, vantage, method_version, survey, tld, provider)
COMMENT 'Counts of MX hosts, one row per survey, vantage point, population, top-level domain, provider and method version';

CREATE OR REPLACE VIEW host_rollups_final AS
SELECT *, survey_time, unit
FROM host_rollups FINAL
WHERE mx_hosts != 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- Shares of MX hosts, under the same rule of publication as those of domains.
CREATE OR REPLACE VIEW survey_mx_hosts AS
SELECT
    *,
    hosts_yes + hosts_no + hosts_mixed AS known,
    known / mx_hosts AS coverage,
    known >= 20 AND coverage >= 0.7 AS publishable,
    if(publishable, hosts_yes / known, NULL) AS yes_share,
    if(publishable, hosts_no / known, NULL) AS no_share,
    if(publishable, hosts_yes / mx_hosts, NULL) AS yes_lower_bound,
    if(publishable, (hosts_yes + hosts_unknown) / mx_hosts, NULL) AS yes_upper_bound
FROM host_rollups_final
WHERE (survey, vantage, method_version) IN (SELECT survey, vantage, method_version FROM current_methods);

-- Providers: each that runs mail of a domain of the population, once, by what holds for all its known domains there. Whoever hosts his own
-- mail is no provider.
CREATE OR REPLACE VIEW survey_providers AS
SELECT
    *,
    providers_none + providers_some + providers_all AS known,
    known / providers AS coverage,
    known >= 20 AND coverage >= 0.7 AS publishable,
    if(publishable, providers_all / known, NULL) AS all_share,
    if(publishable, providers_none / known, NULL) AS none_share,
    if(publishable, providers_all / providers, NULL) AS all_lower_bound,
    if(publishable, (providers_all + providers_unknown) / providers, NULL) AS all_upper_bound,
    'PROVIDER' AS unit
FROM
(
    SELECT
        survey_time, survey, vantage, method_version, population,
        count() AS providers,
        countIf(known_domains > 0 AND none_domains = known_domains) AS providers_none,
        countIf(known_domains > 0 AND all_domains = known_domains) AS providers_all,
        countIf(known_domains = 0) AS providers_unknown,
        providers - providers_none - providers_all - providers_unknown AS providers_some
    FROM
    (
        SELECT
            survey_time, survey, vantage, method_version, population, provider,
            sum(adoption_none) AS none_domains,
            sum(adoption_all) AS all_domains,
            sum(adoption_none + adoption_some + adoption_all) AS known_domains
        FROM rollups_final
        WHERE provider NOT IN ('', 'self-hosted')
            AND (survey, vantage, method_version) IN (SELECT survey, vantage, method_version FROM current_methods)
        GROUP BY survey_time, survey, vantage, method_version, population, provider
    )
    GROUP BY survey_time, survey, vantage, method_version, population
);

CREATE OR REPLACE VIEW survey_providers_by_tld AS
SELECT
    *,
    providers_none + providers_some + providers_all AS known,
    known / providers AS coverage,
    known >= 20 AND coverage >= 0.7 AS publishable,
    if(publishable, providers_all / known, NULL) AS all_share,
    if(publishable, providers_none / known, NULL) AS none_share,
    if(publishable, providers_all / providers, NULL) AS all_lower_bound,
    if(publishable, (providers_all + providers_unknown) / providers, NULL) AS all_upper_bound,
    'PROVIDER' AS unit
FROM
(
    SELECT
        survey_time, survey, vantage, method_version, population, tld,
        count() AS providers,
        countIf(known_domains > 0 AND none_domains = known_domains) AS providers_none,
        countIf(known_domains > 0 AND all_domains = known_domains) AS providers_all,
        countIf(known_domains = 0) AS providers_unknown,
        providers - providers_none - providers_all - providers_unknown AS providers_some
    FROM
    (
        SELECT
            survey_time, survey, vantage, method_version, population, tld, provider,
            sum(adoption_none) AS none_domains,
            sum(adoption_all) AS all_domains,
            sum(adoption_none + adoption_some + adoption_all) AS known_domains
        FROM rollups_final
        WHERE provider NOT IN ('', 'self-hosted')
            AND (survey, vantage, method_version) IN (SELECT survey, vantage, method_version FROM current_methods)
        GROUP BY survey_time, survey, vantage, method_version, population, tld, provider
    )
    GROUP BY survey_time, survey, vantage, method_version, population, tld
);

