package org.mailpulse.model.verdict;

/** MTA-STS (RFC 8461) over a whole domain. */
public enum MtaStsState {
    NOT_MEASURED,
    NONE,
    /** The policy says {@code mode: none}. */
    DISABLED,
    TESTING,
    /** Enforced, and every MX host fits the policy and is authenticated. */
    ENFORCE,
    /** Record or policy cannot be used, or an enforced policy does not fit the MX hosts: such a domain loses mail. */
    BROKEN
}
