package org.mailpulse.simulator.world;

import java.util.List;

/**
 * One MX host in one survey.
 *
 * @param slots servers behind its A records, see {@link Servers}; empty unless addressing is {@link Addressing#FOUND}
 * @param ipv6 has an AAAA record, too: {@code ::1}
 * @param alias its name is a CNAME of {@code real.<name>}; RFC 2181 §10.3 forbids it, and it is met all the same
 * @param tlsa what stands at {@code _25._tcp.<name>}
 * @param signed lies in a signed zone; only there a sender heeds TLSA records
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

    /** TLSA records as in RFC 7672 §3.1; unless told otherwise usage 3, selector 1, matching type 1. */
    public enum TlsaPlan {
        NONE(Effect.NOTHING),
        /** Matches the key that is presented. */
        MATCHES(Effect.PINS),
        /** The key of the past beside that of today. */
        ROLLOVER(Effect.PINS),
        /** 3 0 1: the whole certificate. */
        CERTIFICATE(Effect.PINS),
        /** 3 1 2: SHA-512. */
        SHA_512(Effect.PINS),
        /** 2 0 1: the authority above a certificate without fault. */
        ANCHOR(Effect.PINS),
        /** Matches a key of the past: mail is lost. */
        MISMATCHES(Effect.LOCKS_OUT),
        /** 1 1 1: a usage that mail servers do not use. */
        UNUSABLE(Effect.NOTHING),
        /** The question is answered with SERVFAIL: mail is put off. */
        FAILS(Effect.LOCKS_OUT);

        /** What the records do in a signed zone; in one that is not signed they do nothing. */
        public enum Effect {
            NOTHING,
            PINS,
            LOCKS_OUT
        }

        private final Effect effect;

        TlsaPlan(Effect effect) {
            this.effect = effect;
        }

        public Effect effect() {
            return effect;
        }
    }

    /** What an alias leads to begins so. */
    public static final String REAL = "real.";

    public HostPlan {
        slots = List.copyOf(slots);
    }

    static HostPlan without(String name, Addressing addressing) {
        return new HostPlan(name, addressing, List.of(), false, false, null, TlsaPlan.NONE, false);
    }

    /** TLSA records count: RFC 7672 §2.2.2 has no sender ask for them where addresses are not secure. */
    public TlsaPlan.Effect tlsaEffect() {
        return signed ? tlsa.effect() : TlsaPlan.Effect.NOTHING;
    }

    HostPlan withoutAlias() {
        return new HostPlan(name, addressing, slots, ipv6, false, certificate, tlsa, signed);
    }
}
