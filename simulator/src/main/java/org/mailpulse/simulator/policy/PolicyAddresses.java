package org.mailpulse.simulator.policy;

/** Where the policy hosts are: 127.65.0.1 and on, beside the mail servers. */
public final class PolicyAddresses {
    static final int COUNT = 8;

    private PolicyAddresses() {}

    /** IPv4 address of the policy host of a surveyed domain. */
    public static byte[] of(int domain) {
        return new byte[] {127, 65, 0, (byte) (1 + domain % COUNT)};
    }
}
