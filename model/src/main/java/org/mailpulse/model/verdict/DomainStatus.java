package org.mailpulse.model.verdict;

/** Can the domain receive mail, as far as DNS tells? docs/methodology.md, section 3. */
public enum DomainStatus {
    OK(true),
    /** DNS failed, or nobody answered for the target in time: eligible, but unknown. */
    DNS_ERROR(true),
    NXDOMAIN(false),
    NULL_MX(false),
    NO_ADDRESS(false),
    LOCAL_ONLY(false);

    private final boolean eligible;

    DomainStatus(boolean eligible) {
        this.eligible = eligible;
    }

    public boolean isEligible() {
        return eligible;
    }
}
