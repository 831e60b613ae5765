package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailpulse.model.Facts.PROBED_AT;
import static org.mailpulse.model.verdict.CertificateFlag.EXPIRED;
import static org.mailpulse.model.verdict.CertificateFlag.NAME_MISMATCH;
import static org.mailpulse.model.verdict.CertificateFlag.NOT_YET_VALID;
import static org.mailpulse.model.verdict.CertificateFlag.PLACEHOLDER;
import static org.mailpulse.model.verdict.CertificateFlag.SELF_SIGNED;
import static org.mailpulse.model.verdict.CertificateFlag.UNTRUSTED;
import static org.mailpulse.model.verdict.CertificateFlag.WEAK_KEY;
import static org.mailpulse.model.verdict.CertificateFlag.WEAK_SIGNATURE;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailpulse.model.Facts.Certificate;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.NameMatch;

class CertificateJudgeTest {
    @Test
    void aSoundCertificateHasNoFlag() {
        assertThat(flags(new Certificate())).isEmpty();
        assertThat(CertificateClass.of(Set.of())).isEqualTo(CertificateClass.VALID);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new Certificate().expired(), EXPIRED),
                Arguments.of(new Certificate().notYetValid(), NOT_YET_VALID),
                Arguments.of(new Certificate().selfSigned(), SELF_SIGNED),
                Arguments.of(new Certificate().trust(ChainTrust.UNTRUSTED), UNTRUSTED),
                Arguments.of(new Certificate().trust(ChainTrust.INCOMPLETE), UNTRUSTED),
                Arguments.of(new Certificate().names(NameMatch.NONE), NAME_MISMATCH),
                Arguments.of(new Certificate().names(NameMatch.CN_ONLY), NAME_MISMATCH),
                Arguments.of(new Certificate().subject("CN=localhost"), PLACEHOLDER),
                Arguments.of(new Certificate().issuer("CN=Root,O=Snake Oil"), PLACEHOLDER),
                Arguments.of(new Certificate().key("RSA", 1024), WEAK_KEY),
                Arguments.of(new Certificate().signature("SHA1withRSA"), WEAK_SIGNATURE));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void oneFaultIsOneFlagAndItsClass(Certificate certificate, CertificateFlag flag) {
        assertThat(flags(certificate)).containsExactly(flag);
        assertThat(CertificateClass.of(Set.of(flag)).name()).isEqualTo(flag.name());
    }

    @Test
    void bothEndsOfTheValidityAreInDate() {
        assertThat(flags(new Certificate().validity(PROBED_AT, PROBED_AT))).isEmpty();
        assertThat(flags(new Certificate().validity(PROBED_AT.minusSeconds(9), PROBED_AT.minusNanos(1))))
                .containsExactly(EXPIRED);
        assertThat(flags(new Certificate().validity(PROBED_AT.plusNanos(1), PROBED_AT.plusSeconds(9))))
                .containsExactly(NOT_YET_VALID);
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, 2047, true",
        "RSA, 2048, false",
        "RSA, 512, true",
        "DSA, 1024, true",
        "DSA, 2048, false",
        "EC, 223, true",
        "EC, 224, false",
        "EC, 192, true",
        "Ed25519, 255, false",
        "RSA, 0, false",
        "EC, 0, false",
        ", 1024, false"
    })
    void aKeyIsWeakBelowTheLimitOfItsKindAndNeverWithoutAMeasure(String type, int bits, boolean weak) {
        assertThat(flags(new Certificate().key(type, bits)).contains(WEAK_KEY)).isEqualTo(weak);
    }

    @ParameterizedTest
    @CsvSource({
        "MD5withRSA, true", "MD2withRSA, true", "SHA1withRSA, true", "SHA1withECDSA, true",
                "sha1WithRSAEncryption, true",
        "SHA-1withDSA, true", "SHA256withRSA, false", "SHA384withECDSA, false", "Ed25519, false", "RSASSA-PSS, false",
        "SHA512withRSA, false", ", false"
    })
    void aSignatureIsWeakByItsHash(String algorithm, boolean weak) {
        assertThat(flags(new Certificate().signature(algorithm)).contains(WEAK_SIGNATURE))
                .isEqualTo(weak);
    }

    @Test
    void allFaultsAtOnceAreAllFlags() {
        Certificate worst = new Certificate()
                .expired()
                .selfSigned()
                .trust(ChainTrust.UNTRUSTED)
                .names(NameMatch.NONE)
                .subject("O=Demo")
                .key("RSA", 512)
                .signature("MD5withRSA");

        Set<CertificateFlag> all = EnumSet.allOf(CertificateFlag.class);
        all.remove(NOT_YET_VALID);
        assertThat(flags(worst)).isEqualTo(all);
        assertThat(CertificateClass.of(all)).isEqualTo(CertificateClass.EXPIRED);
    }

    /** The order of precedence, written down a second time. */
    @Property
    void theClassIsTheFirstFlagInTheOrderOfTheMethod(@ForAll Set<CertificateFlag> flags) {
        CertificateClass expected = CertificateClass.VALID;
        for (CertificateFlag flag : new CertificateFlag[] {
            WEAK_SIGNATURE, WEAK_KEY, PLACEHOLDER, NAME_MISMATCH, UNTRUSTED, SELF_SIGNED, NOT_YET_VALID, EXPIRED
        }) {
            if (flags.contains(flag)) {
                expected = CertificateClass.valueOf(flag.name());
            }
        }
        assertThat(CertificateClass.of(flags)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void everyFlagHasAClass(CertificateFlag flag) {
        assertThat(CertificateClass.of(Set.of(flag))).isNotEqualTo(CertificateClass.VALID);
    }

    @Test
    void authenticatesWithAValidChainInDateThatNamesTheHost() {
        assertThat(authenticates(new Certificate())).isTrue();
        assertThat(authenticates(new Certificate().expired())).isFalse();
        assertThat(authenticates(new Certificate().notYetValid())).isFalse();
        assertThat(authenticates(new Certificate().trust(ChainTrust.INCOMPLETE)))
                .isFalse();
        assertThat(authenticates(new Certificate().names(NameMatch.CN_ONLY))).isFalse();
        assertThat(authenticates(new Certificate().selfSigned().trust(ChainTrust.UNTRUSTED)))
                .isFalse();
    }

    @Test
    void blemishesDoNotKeepAChainFromAuthenticating() {
        assertThat(authenticates(new Certificate().subject("O=Demo"))).isTrue();
        assertThat(authenticates(new Certificate().key("RSA", 1024))).isTrue();
        assertThat(authenticates(new Certificate().signature("SHA1withRSA"))).isTrue();
        assertThat(authenticates(new Certificate().selfSigned())).isTrue();
    }

    private static Set<CertificateFlag> flags(Certificate certificate) {
        return CertificateJudge.flags(certificate.facts(), PROBED_AT);
    }

    private static boolean authenticates(Certificate certificate) {
        return CertificateJudge.authenticates(certificate.facts(), PROBED_AT);
    }
}
