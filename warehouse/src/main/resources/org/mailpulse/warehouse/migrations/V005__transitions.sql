-- How many domains moved from one level to another since the survey before. ABSENT and UNKNOWN are levels here, so that
-- every change between two surveys is explained and the parts add up.
CREATE TABLE IF NOT EXISTS transitions
(
    survey LowCardinality(String) COMMENT 'Nominal date of the later survey, YYYY-MM or YYYY-MM-DD',
    vantage LowCardinality(String) COMMENT 'Vantage point from which was probed',
    population LowCardinality(String) COMMENT 'Name of a list of domains; * for every target of the survey',
    tld LowCardinality(String) COMMENT 'Top-level domain',
    provider String COMMENT 'Inbound MX provider',
    from_level LowCardinality(String) COMMENT 'Level in the survey before, or ABSENT',
    to_level LowCardinality(String) COMMENT 'Level in this survey, or ABSENT',
    domains Int64 COMMENT 'Domains that made this move',
    method_version UInt16 COMMENT 'Version of the methodology',
    version UInt64 COMMENT 'Grows with every change of the row',
    survey_time DateTime('UTC') MATERIALIZED toDateTime(if(length(survey) = 7, concat(survey, '-01'), survey), 'UTC')
        COMMENT 'Nominal date as a time'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY left(survey, 4)
ORDER BY (population, vantage, method_version, survey, tld, provider, from_level, to_level)
COMMENT 'Moves between levels, one row per survey, vantage point, population, top-level domain, provider and pair of levels';

CREATE OR REPLACE VIEW transitions_final AS
SELECT *, survey_time
FROM transitions FINAL
WHERE domains != 0
SETTINGS do_not_merge_across_partitions_select_final = 1;
