package org.mailpulse.stream.count;

import org.mailpulse.model.rollup.VerdictDigest;
import org.mailpulse.model.verdict.DomainVerdict;

/**
 * A domain's verdict in a survey is new or replaced.
 *
 * @param before what was counted until now; null where the domain is new to the survey
 * @param digest of the verdict
 */
public record Correction(VerdictDigest before, VerdictDigest digest, DomainVerdict verdict) {}
