package org.mailpulse.probe;

import java.util.Set;
import org.mailpulse.model.observation.LegacyFacts;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Outcome.Counts;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.probe.smtp.SmtpFindings;
import org.mailpulse.probe.tls.OldAnswer;

/**
 * What one or two connections to an endpoint came to. A definite "no" is believed only if a second, later connection
 * says "no" too: a passing fault must not count as a server without protection.
 *
 * @param count connections that it rests on
 * @param findings of the last of them
 * @param legacy what the server chose from a wider, older offer, made once more after all; may be null
 * @param outdated what came of an offer of nothing later than TLS 1.1; null if none was made
 */
record Attempt(
        int count,
        Outcome outcome,
        Reason reason,
        String detail,
        boolean injectedPlaintext,
        SmtpFindings findings,
        LegacyFacts legacy,
        OldAnswer outdated) {

    /** Alerts that say: we have nothing in common. */
    private static final Set<Integer> NO_COMMON_GROUND = Set.of(40, 70, 71);

    static Attempt first(SmtpFindings findings) {
        return new Attempt(
                1,
                findings.outcome(),
                findings.reason(),
                findings.detail(),
                findings.injectedPlaintext(),
                findings,
                null,
                null);
    }

    boolean needsConfirmation() {
        return outcome.countsAs() == Counts.NO;
    }

    Attempt then(SmtpFindings second) {
        boolean believed = second.outcome().isDeterminate();
        return new Attempt(
                count + 1,
                second.outcome(),
                believed ? second.reason() : Reason.UNCONFIRMED,
                believed
                        ? second.detail()
                        : told(outcome, reason) + ", then " + told(second.outcome(), second.reason()),
                injectedPlaintext || second.injectedPlaintext(),
                second,
                null,
                null);
    }

    /**
     * Whether the handshake may have failed because the offer held nothing that the server knows:
     * handshake_failure(40), protocol_version(70), insufficient_security(71) of either side, or a connection that broke.
     */
    boolean mayLackCommonGround() {
        return outcome == Outcome.TLS_FAILED
                && (reason == Reason.HANDSHAKE_CLOSED
                        || (findings.alert() != null
                                && NO_COMMON_GROUND.contains(findings.alert().number())));
    }

    /** @param chosen from the wide offer; null if nothing was */
    Attempt offeredWidely(LegacyFacts chosen) {
        return new Attempt(count, outcome, reason, detail, injectedPlaintext, findings, chosen, null);
    }

    /** @param answer null if it did not come to the offer */
    Attempt offeredOutdated(OldAnswer answer) {
        return new Attempt(count, outcome, reason, detail, injectedPlaintext, findings, legacy, answer);
    }

    /** There was no second question, since the address had put off so many others by then. */
    Attempt alone() {
        return new Attempt(
                count,
                Outcome.SKIPPED,
                Reason.UNCONFIRMED,
                told(outcome, reason) + ", then " + Reason.BACKED_OFF,
                injectedPlaintext,
                findings,
                null,
                null);
    }

    /** The vantage point was ill: whatever was seen is put on record, but says nothing about the server. */
    Attempt quarantined() {
        return new Attempt(
                count,
                Outcome.SKIPPED,
                Reason.VANTAGE_QUARANTINED,
                detail == null ? told(outcome, reason) : told(outcome, reason) + ": " + detail,
                injectedPlaintext,
                findings,
                null,
                null);
    }

    private static String told(Outcome outcome, Reason reason) {
        return reason == Reason.NONE ? outcome.name() : reason.name();
    }
}
