-- Surveys from several vantage points: do they see the same, and does something on the way remove STARTTLS?
-- The columns stand where the writer names them: a driver that writes rows in binary goes by position.
ALTER TABLE verdicts
    ADD COLUMN IF NOT EXISTS vantages_disagree Nullable(Bool) COMMENT 'The vantage points that know a level know different ones; empty where fewer than two do' AFTER legacy_only,
    ADD COLUMN IF NOT EXISTS strip_suspected Bool COMMENT 'At an address of an MX host STARTTLS seems to have been removed on the way' AFTER vantages_disagree;

ALTER TABLE rollups
    ADD COLUMN IF NOT EXISTS vantages_compared Int64 COMMENT 'Domains of which two vantage points or more know a level' AFTER tls_rpt_present,
    ADD COLUMN IF NOT EXISTS vantages_disagree Int64 COMMENT 'Domains of which they know different levels' AFTER vantages_compared,
    ADD COLUMN IF NOT EXISTS strip_suspected Int64 COMMENT 'Domains where STARTTLS seems to have been removed on the way to an MX host' AFTER vantages_disagree;

CREATE OR REPLACE VIEW verdicts_final AS
SELECT *, survey_time
FROM verdicts FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW rollups_final AS
SELECT *, survey_time, unit
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
        sum(cells.preferred_unknown) AS preferred_unknown,
        sum(cells.forward_secrecy) AS forward_secrecy,
        sum(cells.dane_none) AS dane_none,
        sum(cells.mta_sts_none) AS mta_sts_none,
        sum(cells.mta_sts_disabled) AS mta_sts_disabled,
        sum(cells.flag_expired) AS flag_expired,
        sum(cells.flag_not_yet_valid) AS flag_not_yet_valid,
        sum(cells.flag_self_signed) AS flag_self_signed,
        sum(cells.flag_untrusted) AS flag_untrusted,
        sum(cells.flag_name_mismatch) AS flag_name_mismatch,
        sum(cells.flag_placeholder) AS flag_placeholder,
        sum(cells.flag_weak_key) AS flag_weak_key,
        sum(cells.flag_weak_signature) AS flag_weak_signature,
        sum(cells.legacy_measured) AS legacy_measured,
        sum(cells.legacy_only) AS legacy_only,
        sum(cells.tls_rpt_measured) AS tls_rpt_measured,
        sum(cells.tls_rpt_present) AS tls_rpt_present,
        sum(cells.vantages_compared) AS vantages_compared,
        sum(cells.vantages_disagree) AS vantages_disagree,
        sum(cells.strip_suspected) AS strip_suspected
    FROM rollups_final AS cells
    WHERE (survey, vantage, method_version) IN (SELECT survey, vantage, method_version FROM current_methods)
    GROUP BY survey_time, survey, vantage, method_version, population
);
