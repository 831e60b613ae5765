package org.mailpulse.simulator.world;

import static org.mailpulse.simulator.world.Event.Kind.DANE_ENFORCED;

import org.mailpulse.simulator.world.HostPlan.TlsaPlan;

/** Who publishes TLSA records, and how well, among those who run their mail servers themselves. */
final class Pins {
    /** Keeps the second number of a host apart from the first. */
    private static final long MANNER = 1_000;

    private final Draw draw;
    private final Story story;

    Pins(Draw draw, Story story) {
        this.draw = draw;
        this.story = story;
    }

    TlsaPlan of(long owner, int host, Tld tld, boolean signed, CertificateKind certificate, int survey) {
        double publishes = draw.unit(Aspect.DANE, owner, host);
        double manner = draw.unit(Aspect.DANE, owner, host + MANNER);
        if (!signed) {
            return publishes < 0.02 ? inVain(manner) : TlsaPlan.NONE;
        }
        boolean demanded = tld == Tld.XN && story.has(DANE_ENFORCED, survey);
        double share = tld == Tld.XN ? 0.10 + 0.01 * survey : 0.05;
        return demanded || publishes < share ? published(manner, certificate) : TlsaPlan.NONE;
    }

    /** Without DNSSEC nobody may heed them. */
    private static TlsaPlan inVain(double manner) {
        if (manner < 0.2) {
            return TlsaPlan.FAILS;
        }
        return manner < 0.5 ? TlsaPlan.MISMATCHES : TlsaPlan.MATCHES;
    }

    private static TlsaPlan published(double manner, CertificateKind certificate) {
        if (manner < 0.03) {
            return TlsaPlan.MISMATCHES;
        }
        if (manner < 0.04) {
            return TlsaPlan.FAILS;
        }
        if (manner < 0.06) {
            return TlsaPlan.UNUSABLE;
        }
        if (manner < 0.12) {
            return TlsaPlan.ROLLOVER;
        }
        if (manner < 0.18) {
            return TlsaPlan.CERTIFICATE;
        }
        if (manner < 0.24) {
            return TlsaPlan.SHA_512;
        }
        return manner < 0.36 && certificate == CertificateKind.VALID ? TlsaPlan.ANCHOR : TlsaPlan.MATCHES;
    }
}
