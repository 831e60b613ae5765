package org.mailpulse.model.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.LegacyFacts;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.TlsAlert;
import org.mailpulse.model.observation.TlsFacts;
import org.mailpulse.model.observation.TlsVersion;

/**
 * What the facts about one endpoint mean: a row of table {@code hosts}.
 *
 * @param observedAt null where nothing was sent
 * @param banner empty where there was none; hostile text
 * @param tlsVersion null unless the outcome is {@link Outcome#TLS_OK}, as are all facts of cipher and certificate
 * @param legacy what it chose from the wider offer; null unless it is {@code legacyOnly}
 * @param legacyOnly null where neither offer came to anything, or none was made
 * @param acceptsLegacy null where a server that takes the modern offer was not asked, or gave no answer
 * @param acceptedLegacy what it chose then; null unless acceptsLegacy is true
 * @param legacyCertificateClass of the leaf shown with the choice from the wider offer; null without one
 */
public record HostVerdict(
        String survey,
        String vantage,
        String mxHost,
        String address,
        Outcome outcome,
        Reason reason,
        String detail,
        String banner,
        TlsVersion tlsVersion,
        String cipher,
        String group,
        KeyExchange keyExchange,
        CertificateClass certificateClass,
        List<CertificateFlag> certificateFlags,
        CertificateFacts certificate,
        boolean injectedPlaintext,
        Instant observedAt,
        int methodVersion,
        Boolean ocspStapled,
        TlsAlert alert,
        LegacyFacts legacy,
        Boolean legacyOnly,
        Boolean acceptsLegacy,
        LegacyFacts acceptedLegacy,
        CertificateClass legacyCertificateClass,
        List<CertificateFlag> legacyCertificateFlags) {

    /** By the present method. */
    public static HostVerdict judge(Handshake seen) {
        return judge(seen, Method.PRESENT);
    }

    public static HostVerdict judge(Handshake seen, Method method) {
        TlsFacts tls = seen.tls();
        CertificateFacts certificate = seen.probedAt() == null ? null : seen.certificate();
        CertificateFacts shown = seen.legacy() == null ? null : seen.legacy().certificate();
        List<CertificateFlag> flags = flags(certificate, seen.probedAt());
        List<CertificateFlag> shownFlags = flags(shown, seen.probedAt());
        return new HostVerdict(
                seen.survey(),
                seen.vantage(),
                seen.mxHost(),
                seen.address(),
                seen.outcome(),
                seen.reason(),
                seen.detail() == null ? "" : seen.detail(),
                seen.banner() == null ? "" : seen.banner(),
                tls == null ? null : tls.version(),
                tls == null ? null : tls.cipher(),
                tls == null ? null : tls.group(),
                tls == null ? null : tls.keyExchange(),
                certificate == null ? null : CertificateClass.of(Set.copyOf(flags)),
                flags,
                certificate,
                seen.injectedPlaintext(),
                seen.probedAt(),
                method.version(),
                tls == null ? null : tls.ocspStapled(),
                seen.alert(),
                seen.legacy(),
                seen.legacyOnly(),
                seen.acceptsLegacy(),
                seen.acceptedLegacy(),
                shown == null || seen.probedAt() == null ? null : CertificateClass.of(Set.copyOf(shownFlags)),
                shownFlags);
    }

    private static List<CertificateFlag> flags(CertificateFacts certificate, Instant at) {
        return certificate == null || at == null ? List.of() : List.copyOf(CertificateJudge.flags(certificate, at));
    }
}
