-- What kind of provider the rules know, and how large each is; the domains of MX hosts that no rule names yet.
-- The column stands before the one that is made of others: a driver that writes rows in binary goes by position.
ALTER TABLE verdicts
    ADD COLUMN IF NOT EXISTS provider_kind LowCardinality(String) COMMENT 'MAILBOX, GATEWAY (hides who stands behind) or HOSTING; empty where no rule names the provider' AFTER version,
    COMMENT COLUMN provider 'Inbound MX provider: id of a rule, else registrable domain of the MX host; self-hosted where that is the domain itself; empty where there is none',
    COMMENT COLUMN provider_evidence 'What the provider rests on: CERTIFICATE, EHLO_NAME, MX_DOMAIN or NONE',
    COMMENT COLUMN suffix 'Public suffix, by both sections of the list';

CREATE OR REPLACE VIEW verdicts_final AS
SELECT *, survey_time
FROM verdicts FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- One row per survey, vantage point and provider, of the domains whose provider could be told; share is of all these.
CREATE OR REPLACE VIEW provider_sizes AS
SELECT
    *,
    domains / sum(domains) OVER (PARTITION BY survey, vantage) AS share
FROM
(
    SELECT
        survey_time, survey, vantage, method_version, provider, provider_kind,
        count() AS domains,
        min(domain) AS example
    FROM verdicts_final
    WHERE provider != ''
        AND (survey, vantage, method_version) IN (SELECT survey, vantage, method_version FROM current_methods)
    GROUP BY survey_time, survey, vantage, method_version, provider, provider_kind
);

-- What rules should be written for next; version 1 of the method has no rules.
CREATE OR REPLACE VIEW unmatched_mx_domains AS
SELECT survey_time, survey, vantage, method_version, provider AS mx_domain, domains, share, example
FROM provider_sizes
WHERE provider_kind = '' AND provider != 'self-hosted' AND method_version >= 2;
