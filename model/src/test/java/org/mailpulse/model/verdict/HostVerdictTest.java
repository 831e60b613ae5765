package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.Facts;
import org.mailpulse.model.Schema;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.LegacyFacts;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.TlsAlert;
import org.mailpulse.model.observation.TlsVersion;

class HostVerdictTest {
    @Test
    void tellsWhatWasNegotiatedAndWhatTheCertificateIsWorth() {
        CertificateFacts certificate = new Facts.Certificate()
                .selfSigned()
                .trust(ChainTrust.UNTRUSTED)
                .key("RSA", 1024)
                .facts();

        HostVerdict verdict = HostVerdict.judge(handshake(certificate));

        assertThat(verdict.outcome()).isEqualTo(Outcome.TLS_OK);
        assertThat(verdict.tlsVersion()).isEqualTo(TlsVersion.TLS_1_3);
        assertThat(verdict.cipher()).isEqualTo("TLS_AES_256_GCM_SHA384");
        assertThat(verdict.group()).isEqualTo("X25519MLKEM768");
        assertThat(verdict.keyExchange()).isEqualTo(KeyExchange.HYBRID_PQ);
        assertThat(verdict.certificateClass()).isEqualTo(CertificateClass.SELF_SIGNED);
        assertThat(verdict.certificateFlags())
                .containsExactly(CertificateFlag.SELF_SIGNED, CertificateFlag.UNTRUSTED, CertificateFlag.WEAK_KEY);
        assertThat(verdict.certificate()).isEqualTo(certificate);
        assertThat(verdict.banner()).isEqualTo("220 mx.example.no ESMTP");
        assertThat(verdict.detail()).isEmpty();
        assertThat(verdict.injectedPlaintext()).isTrue();
        assertThat(verdict.observedAt()).isEqualTo(Facts.PROBED_AT);
        assertThat(verdict.methodVersion()).isEqualTo(Schema.METHOD);
    }

    @Test
    void aSoundCertificateIsValid() {
        HostVerdict verdict = HostVerdict.judge(handshake(Facts.certificate()));

        assertThat(verdict.certificateClass()).isEqualTo(CertificateClass.VALID);
        assertThat(verdict.certificateFlags()).isEmpty();
    }

    @Test
    void anEndpointThatWasNotAskedHasARowAllTheSame() {
        HostVerdict verdict = HostVerdict.judge(
                Handshake.skipped(Facts.SURVEY, Facts.VANTAGE, "mx.example.no", "10.0.0.1", Reason.BLOCKED_ADDRESS));

        assertThat(verdict.mxHost()).isEqualTo("mx.example.no");
        assertThat(verdict.address()).isEqualTo("10.0.0.1");
        assertThat(verdict.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(verdict.reason()).isEqualTo(Reason.BLOCKED_ADDRESS);
        assertThat(verdict.tlsVersion()).isNull();
        assertThat(verdict.certificateClass()).isNull();
        assertThat(verdict.certificateFlags()).isEmpty();
        assertThat(verdict.banner()).isEmpty();
        assertThat(verdict.observedAt()).isNull();
    }

    @Test
    void whoeverTakesTheModernOfferIsNotLegacyOnly() {
        HostVerdict verdict = HostVerdict.judge(handshake(Facts.certificate()));

        assertThat(verdict.legacyOnly()).isFalse();
        assertThat(verdict.ocspStapled()).isFalse();
    }

    @Test
    void whoeverTakesOnlyTheWiderOfferIsLegacyOnlyAndStillFailed() {
        LegacyFacts chosen = new LegacyFacts(
                TlsVersion.TLS_1_0, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA", null, KeyExchange.DHE, 1024, null);

        HostVerdict verdict = HostVerdict.judge(failed(chosen));

        assertThat(verdict.outcome()).isEqualTo(Outcome.TLS_FAILED);
        assertThat(verdict.legacyOnly()).isTrue();
        assertThat(verdict.legacy()).isEqualTo(chosen);
        assertThat(verdict.alert()).isEqualTo(new TlsAlert(40, TlsAlert.Side.SERVER));
        assertThat(verdict.tlsVersion()).isNull();
    }

    @Test
    void aCertificateThatCameWithoutAHandshakeIsJudgedInFieldsOfItsOwn() {
        CertificateFacts shown = new Facts.Certificate()
                .expired()
                .key("RSA", 1024)
                .signature("SHA1withRSA")
                .facts();
        LegacyFacts chosen =
                new LegacyFacts(TlsVersion.SSL_3, "TLS_RSA_WITH_RC4_128_MD5", null, KeyExchange.RSA, 0, shown);

        HostVerdict verdict = HostVerdict.judge(failed(chosen));

        assertThat(verdict.legacyCertificateClass()).isEqualTo(CertificateClass.EXPIRED);
        assertThat(verdict.legacyCertificateFlags())
                .containsExactly(CertificateFlag.EXPIRED, CertificateFlag.WEAK_KEY, CertificateFlag.WEAK_SIGNATURE);
        assertThat(verdict.certificate()).isNull();
        assertThat(verdict.certificateClass()).isNull();
        assertThat(verdict.certificateFlags()).isEmpty();
    }

    @Test
    void whoeverTakesBothOffersAcceptsLegacyButIsNotLegacyOnly() {
        LegacyFacts chosen =
                new LegacyFacts(TlsVersion.TLS_1_0, "TLS_RSA_WITH_AES_128_CBC_SHA", null, KeyExchange.RSA, 0, null);

        HostVerdict verdict = HostVerdict.judge(handshake(Facts.certificate(), true, chosen));

        assertThat(verdict.acceptsLegacy()).isTrue();
        assertThat(verdict.acceptedLegacy()).isEqualTo(chosen);
        assertThat(verdict.legacyOnly()).isFalse();
        assertThat(verdict.legacy()).isNull();
        assertThat(HostVerdict.judge(handshake(Facts.certificate())).acceptsLegacy())
                .isNull();
    }

    @Test
    void whereBothOffersFailNobodyKnows() {
        assertThat(HostVerdict.judge(failed(null)).legacyOnly()).isNull();
    }

    private static Handshake failed(LegacyFacts legacy) {
        return new Handshake(
                Schema.RECORDS,
                Facts.SURVEY,
                Facts.VANTAGE,
                "mx.example.no",
                "192.0.2.1",
                Facts.PROBED_AT,
                2,
                Outcome.TLS_FAILED,
                Reason.HANDSHAKE_ALERT,
                "handshake_failure(40)",
                "220 mx.example.no ESMTP",
                "mx.example.no",
                List.of("STARTTLS"),
                List.of(),
                false,
                null,
                null,
                List.of(),
                null,
                new TlsAlert(40, TlsAlert.Side.SERVER),
                legacy,
                null,
                null);
    }

    private static Handshake handshake(CertificateFacts certificate) {
        return handshake(certificate, null, null);
    }

    private static Handshake handshake(CertificateFacts certificate, Boolean acceptsLegacy, LegacyFacts accepted) {
        return new Handshake(
                Schema.RECORDS,
                Facts.SURVEY,
                Facts.VANTAGE,
                "mx.example.no",
                "192.0.2.1",
                Facts.PROBED_AT,
                1,
                Outcome.TLS_OK,
                Reason.NONE,
                null,
                "220 mx.example.no ESMTP",
                "mx.example.no",
                List.of("STARTTLS"),
                List.of(),
                true,
                Facts.TLS_1_3,
                certificate,
                List.of(),
                null,
                null,
                null,
                acceptsLegacy,
                accepted);
    }
}
