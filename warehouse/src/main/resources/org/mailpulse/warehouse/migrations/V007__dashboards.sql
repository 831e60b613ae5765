-- What dashboards show beside the shares: where every target of a survey stands, and how far each survey is.

-- One row per survey, vantage point and population. The columns after domains are disjoint and add up to it.
CREATE OR REPLACE VIEW survey_reach AS
SELECT
    survey_time, survey, vantage, method_version, population,
    domains,
    known,
    adoption_unknown - status_dns_error AS no_answer,
    status_dns_error AS dns_error,
    status_nxdomain AS nxdomain,
    status_null_mx AS null_mx,
    status_no_address AS no_address,
    status_local_only AS local_only
FROM survey_totals;

-- One row per survey and vantage point, from its beginning; a survey that runs is not complete yet.
CREATE OR REPLACE VIEW survey_progress AS
SELECT
    surveys.survey_time AS survey_time,
    surveys.survey AS survey,
    surveys.vantage AS vantage,
    if(surveys.closed_at IS NULL, 'running', 'closed') AS state,
    surveys.targets AS targets,
    totals.domains AS counted,
    totals.eligible AS eligible,
    totals.known AS known,
    totals.coverage AS coverage,
    surveys.rejected AS rejected,
    surveys.started_at AS started_at,
    surveys.closed_at AS closed_at
FROM surveys_final AS surveys
LEFT JOIN (SELECT * FROM survey_totals WHERE population = '*') AS totals
    ON surveys.survey = totals.survey AND surveys.vantage = totals.vantage;
