package org.mailpulse.simulator.world;

import java.util.List;

/**
 * One MX host in one survey.
 *
 * @param slots servers behind its A records, see {@link Servers}; empty unless addressing is {@link Addressing#FOUND}
 * @param ipv6 has an AAAA record, too: {@code ::1}
 * @param alias its name is a CNAME of {@code real.<name>}; RFC 2181 §10.3 forbids it, and it is met all the same
 * @param tlsa what stands at {@code _25._tcp.<name>}
 * @param signed lies in a signed zone
 */
public record HostPlan(
        String name,
        Addressing addressing,
        List<Integer> slots,
        boolean ipv6,
        boolean alias,
        CertificatePlan certificate,
        TlsaPlan tlsa,
        boolean signed) {

    /** How the question for addresses ends. */
    public enum Addressing {
        FOUND,
        NXDOMAIN,
        NO_ADDRESS,
        SERVFAIL,
        /** The host is {@code localhost}. */
        LOCALHOST
    }

    /** TLSA records, all usage 3, selector 1, matching type 1 (RFC 7672 §3.1). */
    public enum TlsaPlan {
        NONE,
        /** Matches the key that is presented. */
        MATCHES,
        /** Matches a key of the past: mail is lost. */
        MISMATCHES
    }

    public HostPlan {
        slots = List.copyOf(slots);
    }

    static HostPlan without(String name, Addressing addressing) {
        return new HostPlan(name, addressing, List.of(), false, false, null, TlsaPlan.NONE, false);
    }
}
