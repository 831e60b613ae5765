package org.mailpulse.model.observation;

import java.util.List;

/**
 * The domain's MTA-STS record and policy (RFC 8461).
 *
 * @param id of the TXT record; null where there is none
 * @param mode of the policy: enforce, testing or none; null unless the status is {@link Status#POLICY}
 * @param mxPatterns of the policy
 * @param maxAgeSeconds of the policy
 */
public record MtaStsFinding(Status status, String id, String mode, List<String> mxPatterns, long maxAgeSeconds) {

    public enum Status {
        NOT_MEASURED,
        /** No TXT record at {@code _mta-sts.<domain>}. */
        ABSENT,
        /** The record could not be looked up. */
        DNS_ERROR,
        RECORD_INVALID,
        POLICY_UNREACHABLE,
        POLICY_INVALID,
        /** Record and policy are well-formed. */
        POLICY
    }

    public static final MtaStsFinding NOT_MEASURED = new MtaStsFinding(Status.NOT_MEASURED, null, null, null, 0);

    public MtaStsFinding {
        status = status == null ? Status.NOT_MEASURED : status;
        mxPatterns = mxPatterns == null ? List.of() : List.copyOf(mxPatterns);
    }
}
