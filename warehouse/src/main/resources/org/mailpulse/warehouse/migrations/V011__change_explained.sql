-- Change between surveys, explained; the cube by public suffix too; what is counted nowhere.

-- Verdicts: all faults of a domain's certificates, and when the first of them ends.
ALTER TABLE verdicts
    ADD COLUMN IF NOT EXISTS certificate_flags Array(LowCardinality(String)) COMMENT 'Faults of the certificates of the determinate MX hosts, in the order of precedence' AFTER version,
    ADD COLUMN IF NOT EXISTS certificate_ends Nullable(Int64) COMMENT 'Earliest end of validity among these certificates' AFTER certificate_flags;

CREATE OR REPLACE VIEW verdicts_final AS
SELECT *, survey_time
FROM verdicts FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- The public suffix becomes part of a cell's key.
ALTER TABLE rollups
    ADD COLUMN IF NOT EXISTS suffix LowCardinality(String) COMMENT 'Public suffix, such as gov.uk' AFTER tld,
    MODIFY ORDER BY (population, vantage, method_version, survey, tld, provider, suffix);

ALTER TABLE rollups
    ADD COLUMN IF NOT EXISTS preferred_unknown Int64 COMMENT 'Eligible domains whose most preferred MX hosts are all unknown' AFTER enforcement_broken,
    ADD COLUMN IF NOT EXISTS forward_secrecy Int64 COMMENT 'Domains whose weakest key exchange is DHE, ECDHE or HYBRID_PQ' AFTER preferred_unknown,
    ADD COLUMN IF NOT EXISTS dane_none Int64 COMMENT 'Domains with DANE state NONE' AFTER forward_secrecy,
    ADD COLUMN IF NOT EXISTS mta_sts_none Int64 COMMENT 'Domains with MTA-STS state NONE' AFTER dane_none,
    ADD COLUMN IF NOT EXISTS mta_sts_disabled Int64 COMMENT 'Domains with MTA-STS state DISABLED' AFTER mta_sts_none,
    ADD COLUMN IF NOT EXISTS flag_expired Int64 COMMENT 'Domains of which a certificate is EXPIRED, whatever its class' AFTER mta_sts_disabled,
    ADD COLUMN IF NOT EXISTS flag_not_yet_valid Int64 COMMENT 'Domains of which a certificate is NOT_YET_VALID, whatever its class' AFTER flag_expired,
    ADD COLUMN IF NOT EXISTS flag_self_signed Int64 COMMENT 'Domains of which a certificate is SELF_SIGNED, whatever its class' AFTER flag_not_yet_valid,
    ADD COLUMN IF NOT EXISTS flag_untrusted Int64 COMMENT 'Domains of which a certificate is UNTRUSTED, whatever its class' AFTER flag_self_signed,
    ADD COLUMN IF NOT EXISTS flag_name_mismatch Int64 COMMENT 'Domains of which a certificate is NAME_MISMATCH, whatever its class' AFTER flag_untrusted,
    ADD COLUMN IF NOT EXISTS flag_placeholder Int64 COMMENT 'Domains of which a certificate is PLACEHOLDER, whatever its class' AFTER flag_name_mismatch,
    ADD COLUMN IF NOT EXISTS flag_weak_key Int64 COMMENT 'Domains of which a certificate is WEAK_KEY, whatever its class' AFTER flag_placeholder,
    ADD COLUMN IF NOT EXISTS flag_weak_signature Int64 COMMENT 'Domains of which a certificate is WEAK_SIGNATURE, whatever its class' AFTER flag_weak_key,
    ADD COLUMN IF NOT EXISTS unit LowCardinality(String) MATERIALIZED 'DOMAIN' COMMENT 'What is counted';

CREATE OR REPLACE VIEW rollups_final AS
SELECT *, survey_time, unit
FROM rollups FINAL
WHERE domains != 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- Nothing has ever been written to the first draft of this table.
DROP TABLE IF EXISTS transitions;

CREATE TABLE transitions
(
    survey LowCardinality(String) COMMENT 'Nominal date of the later survey, YYYY-MM or YYYY-MM-DD',
    previous LowCardinality(String) COMMENT 'Nominal date of the survey before, from the same vantage point',
    vantage LowCardinality(String) COMMENT 'Vantage point from which was probed',
    population LowCardinality(String) COMMENT 'Name of a list of domains; * for every target of the survey',
    tld LowCardinality(String) COMMENT 'Top-level domain',
    suffix LowCardinality(String) COMMENT 'Public suffix, such as gov.uk',
    provider String COMMENT 'Inbound MX provider in this survey; in the one before where to_level is ABSENT',
    from_provider String COMMENT 'Inbound MX provider in the survey before; in this one where from_level is ABSENT',
    from_level LowCardinality(String) COMMENT 'Level in the survey before, UNKNOWN, or ABSENT: not on the list or not eligible',
    to_level LowCardinality(String) COMMENT 'The same in this survey',
    domains Int64 COMMENT 'Domains that made this move',
    method_version UInt16 COMMENT 'Version of the methodology',
    version UInt64 COMMENT 'Grows with every change of the row',
    survey_time DateTime('UTC') MATERIALIZED toDateTime(if(length(survey) = 7, concat(survey, '-01'), survey), 'UTC')
        COMMENT 'Nominal date as a time'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY left(survey, 4)
ORDER BY (population, vantage, method_version, survey, tld, provider, from_provider, from_level, to_level, suffix)
COMMENT 'Moves between levels, one row per survey, vantage point, population, public suffix, pair of providers and pair of levels';

CREATE OR REPLACE VIEW transitions_final AS
SELECT *, survey_time
FROM transitions FINAL
WHERE domains != 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- What happened to single domains.
CREATE TABLE IF NOT EXISTS changes
(
    survey LowCardinality(String) COMMENT 'Nominal date of the later survey, YYYY-MM or YYYY-MM-DD',
    previous LowCardinality(String) COMMENT 'Nominal date of the survey before, from the same vantage point; empty where there is none',
    vantage LowCardinality(String) COMMENT 'Vantage point from which was probed',
    domain String COMMENT 'Domain as A-labels in lower case',
    kind LowCardinality(String) COMMENT 'CLIMBED, FELL, NEW, GONE, PROVIDER_CHANGED, CERTIFICATE_EXPIRING, CERTIFICATE_EXPIRED or ENFORCEMENT_BROKE',
    populations Array(LowCardinality(String)) COMMENT 'Names of the lists that hold the domain, or held it where it is gone',
    tld LowCardinality(String) COMMENT 'Top-level domain',
    suffix LowCardinality(String) COMMENT 'Public suffix, such as gov.uk',
    provider String COMMENT 'Inbound MX provider; the former one where the domain is gone',
    from_provider String COMMENT 'Inbound MX provider in the survey before; empty where the domain was no target',
    from_level LowCardinality(String) COMMENT 'Level in the survey before, UNKNOWN, or ABSENT: not on the list or not eligible',
    to_level LowCardinality(String) COMMENT 'The same in this survey',
    detail String COMMENT 'NEW: status before; GONE: status now, or NOT_ON_LIST; of certificates: when the first of them ends',
    method_version UInt16 COMMENT 'Version of the methodology',
    survey_time DateTime('UTC') MATERIALIZED toDateTime(if(length(survey) = 7, concat(survey, '-01'), survey), 'UTC')
        COMMENT 'Nominal date as a time'
)
ENGINE = ReplacingMergeTree
PARTITION BY left(survey, 4)
ORDER BY (survey, vantage, method_version, domain, kind)
COMMENT 'Changes of single domains, one row per survey, vantage point, domain and kind of change';

CREATE OR REPLACE VIEW changes_final AS
SELECT *, survey_time
FROM changes FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- Records that are counted nowhere. They stay on their topic, too.
CREATE TABLE IF NOT EXISTS aside
(
    place String COMMENT 'Topic, partition and offset of the record',
    cause LowCardinality(String) COMMENT 'BAD_OBSERVATION, BAD_CLOCK, BAD_HANDSHAKE, or LATE: newer than the closed survey that it belongs to',
    survey LowCardinality(String) COMMENT 'Nominal date of its survey; empty where it does not tell',
    domain String COMMENT 'Its domain; empty where it does not tell',
    detail String COMMENT 'What is the matter with it; may hold text from strangers',
    noticed_at DateTime('UTC') DEFAULT now() COMMENT 'When it was set aside last'
)
ENGINE = ReplacingMergeTree(noticed_at)
ORDER BY (place, cause)
COMMENT 'Records that are counted nowhere, one row each';

CREATE OR REPLACE VIEW aside_totals AS
SELECT cause, survey, count() AS records, max(noticed_at) AS last_noticed_at
FROM aside FINAL
GROUP BY cause, survey;

-- Each move once for every step of the ladder, and on which side of the step it begins and ends.
CREATE OR REPLACE VIEW transition_steps AS
WITH ['PLAINTEXT', 'PARTIAL', 'OPPORTUNISTIC', 'AUTHENTICABLE', 'ENFORCED'] AS ladder
SELECT
    *,
    arrayJoin(ladder) AS step,
    indexOf(ladder, step) AS rank,
    indexOf(ladder, from_level) AS from_rank,
    indexOf(ladder, to_level) AS to_rank,
    from_rank > 0 AS from_known,
    to_rank > 0 AS to_known,
    from_rank >= rank AS before,
    to_rank >= rank AS now
FROM transitions_final
WHERE (survey, vantage, method_version) IN (SELECT survey, vantage, method_version FROM current_methods);

-- Every change in the number of domains at a step of the ladder or above (and, at the step PLAINTEXT, in the number of known ones), in parts
-- that add up to it: change = climbs - falls + entries - exits + became_known - became_unknown, and for a provider
-- + moved_in - moved_out.
CREATE OR REPLACE VIEW explained_changes AS
SELECT
    survey_time, survey, previous, vantage, method_version, population, step,
    sumIf(domains, before) AS domains_before,
    sumIf(domains, now) AS domains_now,
    domains_now - domains_before AS change,
    sumIf(domains, NOT before AND now AND from_known) AS climbs,
    sumIf(domains, before AND NOT now AND to_known) AS falls,
    sumIf(domains, now AND from_level = 'ABSENT') AS entries,
    sumIf(domains, before AND to_level = 'ABSENT') AS exits,
    sumIf(domains, now AND from_level = 'UNKNOWN') AS became_known,
    sumIf(domains, before AND to_level = 'UNKNOWN') AS became_unknown
FROM transition_steps
GROUP BY survey_time, survey, previous, vantage, method_version, population, step;

CREATE OR REPLACE VIEW explained_changes_by_tld AS
SELECT
    survey_time, survey, previous, vantage, method_version, population, tld, step,
    sumIf(domains, before) AS domains_before,
    sumIf(domains, now) AS domains_now,
    domains_now - domains_before AS change,
    sumIf(domains, NOT before AND now AND from_known) AS climbs,
    sumIf(domains, before AND NOT now AND to_known) AS falls,
    sumIf(domains, now AND from_level = 'ABSENT') AS entries,
    sumIf(domains, before AND to_level = 'ABSENT') AS exits,
    sumIf(domains, now AND from_level = 'UNKNOWN') AS became_known,
    sumIf(domains, before AND to_level = 'UNKNOWN') AS became_unknown
FROM transition_steps
GROUP BY survey_time, survey, previous, vantage, method_version, population, tld, step;

-- A domain that goes from one provider to another leaves the one and comes to the other.
CREATE OR REPLACE VIEW explained_changes_by_provider AS
SELECT
    survey_time, survey, previous, vantage, method_version, population, provider, step,
    sumIf(domains, before AND side != 'CAME') AS domains_before,
    sumIf(domains, now AND side != 'LEFT') AS domains_now,
    domains_now - domains_before AS change,
    sumIf(domains, NOT before AND now AND from_known AND side = 'STAYED') AS climbs,
    sumIf(domains, before AND NOT now AND to_known AND side = 'STAYED') AS falls,
    sumIf(domains, now AND from_level = 'ABSENT' AND side = 'STAYED') AS entries,
    sumIf(domains, before AND to_level = 'ABSENT' AND side = 'STAYED') AS exits,
    sumIf(domains, now AND from_level = 'UNKNOWN' AND side = 'STAYED') AS became_known,
    sumIf(domains, before AND to_level = 'UNKNOWN' AND side = 'STAYED') AS became_unknown,
    sumIf(domains, now AND side = 'CAME') AS moved_in,
    sumIf(domains, before AND side = 'LEFT') AS moved_out
FROM
(
    SELECT
        * EXCEPT (side_of),
        tupleElement(side_of, 1) AS provider,
        tupleElement(side_of, 2) AS side
    FROM
    (
        SELECT
            * EXCEPT (provider, from_provider),
            arrayJoin(
                if(provider = from_provider, [(provider, 'STAYED')], [(provider, 'CAME'), (from_provider, 'LEFT')]))
                AS side_of
        FROM transition_steps
    )
)
GROUP BY survey_time, survey, previous, vantage, method_version, population, provider, step;


CREATE OR REPLACE VIEW survey_by_suffix AS
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
        survey_time, survey, vantage, method_version, population, tld, suffix,
        sum(cells.domains) AS domains,
        sum(cells.eligible) AS eligible,
        sum(cells.adoption_none) AS adoption_none,
        sum(cells.adoption_some) AS adoption_some,
        sum(cells.adoption_all) AS adoption_all,
        sum(cells.adoption_unknown) AS adoption_unknown,
        sum(cells.level_plaintext) AS level_plaintext,
        sum(cells.level_partial) AS level_partial,
        sum(cells.level_opportunistic) AS level_opportunistic,
        sum(cells.level_authenticable) AS level_authenticable,
        sum(cells.level_enforced) AS level_enforced,
        sum(cells.enforcement_broken) AS enforcement_broken
    FROM rollups_final AS cells
    WHERE (survey, vantage, method_version) IN (SELECT survey, vantage, method_version FROM current_methods)
    GROUP BY survey_time, survey, vantage, method_version, population, tld, suffix
);
