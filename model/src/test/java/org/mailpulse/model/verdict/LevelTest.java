package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailpulse.model.Facts;
import org.mailpulse.model.Facts.Certificate;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.DaneMatch;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.NameMatch;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.TlsaStatus;

class LevelTest {
    private static final MtaStsFinding ENFORCED_POLICY =
            new MtaStsFinding(MtaStsFinding.Status.POLICY, "1", "enforce", List.of("*.example.no"), 86400);
    private static final EndpointObservation GOOD = Facts.secure(Facts.certificate());
    private static final EndpointObservation EXPIRED =
            Facts.secure(new Certificate().expired().facts());

    @Test
    void noneIsPlaintext() {
        assertThat(level(Facts.host(Outcome.NOT_OFFERED), Facts.host(Outcome.TLS_FAILED)))
                .isEqualTo(Level.PLAINTEXT);
    }

    @Test
    void someIsPartialHoweverGoodTheRest() {
        assertThat(level(Facts.host("a.example.no", 1, GOOD), Facts.host(Outcome.NOT_OFFERED)))
                .isEqualTo(Level.PARTIAL);
        assertThat(level(Facts.host(Outcome.TLS_OK, Outcome.NOT_OFFERED))).isEqualTo(Level.PARTIAL);
    }

    @Test
    void notDeterminateIsUnknown() {
        assertThat(level(Facts.host(Outcome.UNREACHABLE))).isEqualTo(Level.UNKNOWN);
    }

    static Stream<Arguments> certificates() {
        return Stream.of(
                Arguments.of("sound", new Certificate(), Level.AUTHENTICABLE),
                Arguments.of("expired", new Certificate().expired(), Level.OPPORTUNISTIC),
                Arguments.of("not yet valid", new Certificate().notYetValid(), Level.OPPORTUNISTIC),
                Arguments.of("untrusted", new Certificate().trust(ChainTrust.UNTRUSTED), Level.OPPORTUNISTIC),
                Arguments.of("incomplete", new Certificate().trust(ChainTrust.INCOMPLETE), Level.OPPORTUNISTIC),
                Arguments.of("misnamed", new Certificate().names(NameMatch.NONE), Level.OPPORTUNISTIC),
                Arguments.of("named in CN only", new Certificate().names(NameMatch.CN_ONLY), Level.OPPORTUNISTIC),
                Arguments.of(
                        "self-signed", new Certificate().selfSigned().trust(ChainTrust.UNTRUSTED), Level.OPPORTUNISTIC),
                Arguments.of("an anchor itself", new Certificate().selfSigned(), Level.AUTHENTICABLE),
                Arguments.of("weak key", new Certificate().key("RSA", 1024), Level.AUTHENTICABLE),
                Arguments.of("SHA-1", new Certificate().signature("SHA1withRSA"), Level.AUTHENTICABLE));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("certificates")
    void theCertificateDecidesBetweenOpportunisticAndAuthenticable(String name, Certificate certificate, Level level) {
        assertThat(level(Facts.host("mx.example.no", 10, Facts.secure(certificate.facts()))))
                .isEqualTo(level);
    }

    @Test
    void noCertificateAtAllIsOpportunistic() {
        assertThat(level(Facts.host("mx.example.no", 10, Facts.secure(null)))).isEqualTo(Level.OPPORTUNISTIC);
    }

    @Test
    void everyDeterminateHostAndAddressMustBeAuthenticable() {
        assertThat(level(Facts.host("a.example.no", 1, GOOD), Facts.host("b.example.no", 2, EXPIRED)))
                .isEqualTo(Level.OPPORTUNISTIC);
        assertThat(level(Facts.host("a.example.no", 1, GOOD, EXPIRED))).isEqualTo(Level.OPPORTUNISTIC);
    }

    @Test
    void aHostThatIsUnknownLowersNothing() {
        assertThat(level(Facts.host("a.example.no", 1, GOOD), Facts.host(Outcome.UNREACHABLE)))
                .isEqualTo(Level.AUTHENTICABLE);
        assertThat(level(Facts.host(Outcome.UNREACHABLE), Facts.host("b.example.no", 2, EXPIRED)))
                .isEqualTo(Level.OPPORTUNISTIC);
    }

    @Test
    void daneEnforcesWhateverTheTrustStoreSays() {
        CertificateFacts selfSigned =
                new Certificate().selfSigned().trust(ChainTrust.UNTRUSTED).facts();
        MxHostObservation pinned = Facts.host(
                "mx.example.no",
                10,
                TlsaStatus.SECURE_USABLE,
                Facts.secure(Facts.TLS_1_3, selfSigned, DaneMatch.MATCH));

        assertThat(level(DnssecState.SECURE, MtaStsFinding.NOT_MEASURED, pinned))
                .isEqualTo(Level.ENFORCED);
        assertThat(level(DnssecState.INSECURE, MtaStsFinding.NOT_MEASURED, pinned))
                .isEqualTo(Level.OPPORTUNISTIC);
    }

    @Test
    void mtaStsEnforces() {
        assertThat(level(DnssecState.NOT_MEASURED, ENFORCED_POLICY, Facts.host("mx.example.no", 10, GOOD)))
                .isEqualTo(Level.ENFORCED);
        assertThat(level(DnssecState.NOT_MEASURED, ENFORCED_POLICY, Facts.host("mx.example.no", 10, EXPIRED)))
                .isEqualTo(Level.OPPORTUNISTIC);
    }

    @Test
    void brokenEnforcementLeavesTheLevelThatTheCertificatesEarn() {
        MxHostObservation elsewhere = Facts.host("mx.elsewhere.no", 10, GOOD);

        DomainVerdict verdict =
                DomainJudge.judge(Facts.observation(DnssecState.NOT_MEASURED, ENFORCED_POLICY, elsewhere));

        assertThat(verdict.level()).isEqualTo(Level.AUTHENTICABLE);
        assertThat(verdict.enforcementBroken()).isTrue();
    }

    @Test
    void enforcementRaisesNobodyWhoseMxHostsDoNotAllEncrypt() {
        MxHostObservation plain = Facts.host("plain.example.no", 20, Facts.endpoint(Outcome.NOT_OFFERED));

        DomainVerdict verdict = DomainJudge.judge(Facts.observation(
                DnssecState.NOT_MEASURED, ENFORCED_POLICY, Facts.host("mx.example.no", 10, GOOD), plain));

        assertThat(verdict.level()).isEqualTo(Level.PARTIAL);
        assertThat(verdict.enforcementBroken()).isTrue();
    }

    @Test
    void theLadderIsOrderedAndTheUnknownIsNoStep() {
        assertThat(Level.ENFORCED.atLeast(Level.AUTHENTICABLE)).isTrue();
        assertThat(Level.AUTHENTICABLE.atLeast(Level.AUTHENTICABLE)).isTrue();
        assertThat(Level.OPPORTUNISTIC.atLeast(Level.AUTHENTICABLE)).isFalse();
        assertThat(Level.UNKNOWN.atLeast(Level.PLAINTEXT)).isFalse();
    }

    private static Level level(MxHostObservation... hosts) {
        return DomainJudge.judge(Facts.observation(hosts)).level();
    }

    private static Level level(DnssecState mxSecure, MtaStsFinding mtaSts, MxHostObservation... hosts) {
        return DomainJudge.judge(Facts.observation(mxSecure, mtaSts, hosts)).level();
    }
}
