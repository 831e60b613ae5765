package org.mailpulse.model.observation;

import java.time.Instant;
import java.util.List;
import org.mailpulse.model.Schema;
import org.mailpulse.model.survey.SurveyName;

/**
 * The full detail of one endpoint, once per worker and survey; the value of topic {@code mailpulse.handshakes}.
 *
 * @param probedAt null where nothing was sent
 * @param attempts how many connections the answer rests on
 * @param detail a short word more on the reason, e.g. an alert's name; may be null; hostile text
 * @param banner first line of the greeting; may be null; hostile text
 * @param capabilities EHLO keywords with their parameters, before TLS; hostile text
 * @param capabilitiesInTls the same, asked again inside TLS
 * @param injectedPlaintext bytes came in plain text between the 220 to STARTTLS and the handshake
 * @param tls null unless the outcome is {@link Outcome#TLS_OK}, as are certificate and chain
 * @param chain what the server sent above the leaf
 * @param alert that ended the handshake; null where there was none, or it could not be told
 * @param legacy null unless the outcome is {@link Outcome#TLS_FAILED} and a further, wider offer was accepted
 * @param acceptsLegacy whether a server that completed the modern handshake also takes an offer of nothing later than TLS
 *     1.1; null where it was not asked, which is the rule, or gave no answer
 * @param acceptedLegacy what it chose then; null unless acceptsLegacy is true
 */
public record Handshake(
        int schema,
        String survey,
        String vantage,
        String mxHost,
        String address,
        Instant probedAt,
        int attempts,
        Outcome outcome,
        Reason reason,
        String detail,
        String banner,
        String ehloName,
        List<String> capabilities,
        List<String> capabilitiesInTls,
        boolean injectedPlaintext,
        TlsFacts tls,
        CertificateFacts certificate,
        List<ChainCertificate> chain,
        Timings timings,
        TlsAlert alert,
        LegacyFacts legacy,
        Boolean acceptsLegacy,
        LegacyFacts acceptedLegacy) {

    public Handshake {
        SurveyName.check(survey);
        if (vantage == null || mxHost == null || address == null || outcome == null) {
            throw new IllegalArgumentException(
                    "handshake of '" + mxHost + "' at '" + address + "' lacks vantage, host, address or outcome");
        }
        reason = reason == null ? Reason.NONE : reason;
        capabilities = capabilities == null ? List.of() : List.copyOf(capabilities);
        capabilitiesInTls = capabilitiesInTls == null ? List.of() : List.copyOf(capabilitiesInTls);
        chain = chain == null ? List.of() : List.copyOf(chain);
    }

    /** The endpoint was not asked. */
    public static Handshake skipped(String survey, String vantage, String mxHost, String address, Reason reason) {
        return new Handshake(
                Schema.RECORDS,
                survey,
                vantage,
                mxHost,
                address,
                null,
                0,
                Outcome.SKIPPED,
                reason,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /**
     * Whether the server knows only what is too old for the modern offer: true where that failed and an older one was
     * accepted, false where the modern one was; null where neither is known.
     */
    public Boolean legacyOnly() {
        return switch (outcome) {
            case TLS_OK -> false;
            case TLS_FAILED -> legacy == null ? null : true;
            default -> null;
        };
    }

    /** The part of it that an {@link Observation} carries. */
    public EndpointObservation summary() {
        return new EndpointObservation(
                address, outcome, reason, probedAt, tls, certificate, DaneMatch.NOT_MEASURED, hostName(), legacyOnly());
    }

    /** As told in the answer to EHLO, else in the greeting. */
    private String hostName() {
        String told = ServerName.of(ehloName);
        return told == null ? ServerName.ofGreeting(banner) : told;
    }
}
