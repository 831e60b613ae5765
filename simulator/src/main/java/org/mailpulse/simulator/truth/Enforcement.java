package org.mailpulse.simulator.truth;

import java.util.List;
import org.mailpulse.model.verdict.DaneState;
import org.mailpulse.model.verdict.MtaStsState;
import org.mailpulse.model.verdict.TlsRptState;
import org.mailpulse.simulator.world.HostPlan.TlsaPlan.Effect;
import org.mailpulse.simulator.world.MailPlan;
import org.mailpulse.simulator.world.MailPlan.Signing;

/** Section 5 of docs/methodology.md read a second time: what senders are told, and whether it fits the servers. */
final class Enforcement {
    private Enforcement() {}

    /** @param plan of a domain with a usable MX host, whose zone is not bogus */
    static DaneState dane(MailPlan plan, List<ExpectedHost> hosts) {
        if (plan.signing() != Signing.SIGNED) {
            return DaneState.NONE;
        }
        List<ExpectedHost> known = hosts.stream().filter(ExpectedHost::isKnown).toList();
        if (known.isEmpty()) {
            return DaneState.NOT_MEASURED;
        }
        List<ExpectedHost> published = known.stream()
                .filter(host -> host.plan().tlsaEffect() != Effect.NOTHING)
                .toList();
        if (published.isEmpty()) {
            return DaneState.NONE;
        }
        boolean allMatch =
                published.stream().allMatch(host -> host.plan().tlsaEffect() == Effect.PINS && host.protects());
        if (!allMatch) {
            return DaneState.BROKEN;
        }
        return published.size() == known.size() ? DaneState.VALID : DaneState.PARTIAL;
    }

    static TlsRptState tlsRpt(MailPlan plan) {
        return switch (plan.tlsRpt()) {
            case NONE -> TlsRptState.NONE;
            case MAIL, MAIL_AND_HTTPS -> TlsRptState.PRESENT;
            case NOBODY, TWICE -> TlsRptState.MALFORMED;
            case FAILS -> TlsRptState.NOT_MEASURED;
        };
    }

    static MtaStsState mtaSts(MailPlan plan, List<ExpectedHost> hosts) {
        return switch (plan.mtaSts()) {
            case NONE -> MtaStsState.NONE;
            case TESTING -> MtaStsState.TESTING;
            case MODE_NONE -> MtaStsState.DISABLED;
            case ENFORCE -> ExpectedHost.allAuthenticate(hosts) ? MtaStsState.ENFORCE : MtaStsState.BROKEN;
            case RECORD_FAILS -> MtaStsState.NOT_MEASURED;
            case MISMATCH,
                    NOT_FOUND,
                    EXPIRED_CERTIFICATE,
                    BROKEN_TLS,
                    INVALID_RECORD,
                    NO_HOST,
                    WRONG_NAME,
                    REDIRECTS,
                    HUGE,
                    INVALID_POLICY -> MtaStsState.BROKEN;
        };
    }
}
