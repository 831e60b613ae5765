package org.mailpulse.probe.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailpulse.model.observation.DaneMatch;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.KeySpec;
import org.mailpulse.simulator.pki.LeafRequest;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.TLSARecord;

class DaneMatcherTest {
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final Credential CREDENTIAL = new CertificateForge(3).issue(LeafRequest.named("mx.reef.test"));
    private static final List<byte[]> CHAIN =
            CREDENTIAL.chain().stream().map(DaneMatcherTest::der).toList();

    @ParameterizedTest
    @EnumSource(KeySpec.class)
    void thePublicKeyIsCutOutByteForByte(KeySpec key) {
        X509Certificate leaf = new CertificateForge(5)
                .issue(LeafRequest.named("mx.reef.test").withKey(key))
                .leaf();
        assertThat(PublicKeyInfo.of(der(leaf))).isEqualTo(leaf.getPublicKey().getEncoded());
    }

    @Property
    void bytesThatAreNoCertificateHoldNoKey(@ForAll byte[] bytes) {
        assertThat(PublicKeyInfo.of(bytes)).isNull();
    }

    @Property
    void aTruncatedOrBentCertificateDoesNoHarm(@ForAll @IntRange(max = 300) int at, @ForAll byte value) {
        byte[] bent = CHAIN.get(0).clone();
        bent[at] = value;
        PublicKeyInfo.of(bent);
        assertThat(PublicKeyInfo.of(Arrays.copyOf(bent, at))).isNull();
        assertThat(DaneMatcher.match(tlsa(3, 0, 0, CHAIN.get(0)), "mx.reef.test", List.of(bent, bent), NOW)
                        .match())
                .isEqualTo(Arrays.equals(bent, CHAIN.get(0)) ? DaneMatch.MATCH : DaneMatch.MISMATCH);
    }

    @Property
    void onlyTheVeryBytesMatch(@ForAll @IntRange(max = 63) int at, @ForAll @IntRange(min = 1, max = 255) int difference)
            throws Exception {
        byte[] digest = java.security.MessageDigest.getInstance("SHA-512").digest(PublicKeyInfo.of(CHAIN.get(0)));
        assertThat(match(tlsa(3, 1, 2, digest))).isEqualTo(DaneMatch.MATCH);
        digest[at] ^= (byte) difference;
        assertThat(match(tlsa(3, 1, 2, digest))).isEqualTo(DaneMatch.MISMATCH);
    }

    @Property
    void noOtherParametersAreUsable(
            @ForAll @IntRange(max = 255) int usage,
            @ForAll @IntRange(max = 255) int selector,
            @ForAll @IntRange(max = 255) int matching) {
        boolean usable = (usage == 2 || usage == 3) && selector <= 1 && matching <= 2;
        int length = matching == 2 ? 64 : 32;
        assertThat(tlsa(usage, selector, matching, new byte[length]).status())
                .isEqualTo(usable ? TlsaStatus.SECURE_USABLE : TlsaStatus.SECURE_UNUSABLE);
    }

    private static DaneMatch match(TlsaSet tlsa) {
        return DaneMatcher.match(tlsa, "mx.reef.test", CHAIN, NOW).match();
    }

    private static TlsaSet tlsa(int usage, int selector, int matching, byte[] data) {
        return TlsaSet.secure(
                List.of(new TLSARecord(Name.root, DClass.IN, 60, usage, selector, matching, data)), "mx.reef.test");
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
