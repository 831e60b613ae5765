-- One row per survey and vantage point. The newest version of a row wins, as in every table here.
CREATE TABLE IF NOT EXISTS surveys
(
    survey LowCardinality(String) COMMENT 'Nominal date of the survey, YYYY-MM or YYYY-MM-DD',
    vantage LowCardinality(String) COMMENT 'Vantage point from which was probed',
    list_id String COMMENT 'Hash of the pinned target list',
    targets UInt64 COMMENT 'Domains on the list',
    rejected UInt64 COMMENT 'Lines of the list that named no domain',
    started_at DateTime64(3, 'UTC') COMMENT 'Start of the survey',
    closed_at Nullable(DateTime64(3, 'UTC')) COMMENT 'End of the survey; empty while it runs',
    trust_store String COMMENT 'Version of the trust store against which certificate chains were judged',
    schema_version UInt16 COMMENT 'Layout of the observations',
    method_version UInt16 COMMENT 'Version of the methodology in force when the survey started',
    version UInt64 COMMENT 'Milliseconds since 1970 at which the row was written',
    survey_time DateTime('UTC') MATERIALIZED toDateTime(if(length(survey) = 7, concat(survey, '-01'), survey), 'UTC')
        COMMENT 'Nominal date as a time'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (survey, vantage)
COMMENT 'Surveys, one row per survey and vantage point';

CREATE OR REPLACE VIEW surveys_final AS
SELECT *, survey_time
FROM surveys FINAL;
