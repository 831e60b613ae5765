package org.mailpulse.simulator.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificateForgeTest {
    private static final CertificateForge FORGE = new CertificateForge(7);
    private static final LeafRequest HARBOUR = LeafRequest.named("mx.harbour.example", "*.quay.example");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void aLeafFromTheIntermediateIsValidUnderTheRoot() {
        assertThatCode(() -> validate(FORGE.issue(HARBOUR), NOW)).doesNotThrowAnyException();
    }

    @Test
    void aLeafFromTheRootIsValidUnderTheRoot() {
        assertThatCode(() -> validate(FORGE.issue(HARBOUR.withIssuer(Issuer.ROOT)), NOW))
                .doesNotThrowAnyException();
    }

    @Test
    void withoutTheIntermediateNoPathLeadsToTheRoot() {
        assertThatThrownBy(() -> validate(FORGE.issue(HARBOUR).withoutIntermediate(), NOW))
                .isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void noPathLeadsFromTheUnknownCaToTheRoot() {
        assertThatThrownBy(() -> validate(FORGE.issue(HARBOUR.withIssuer(Issuer.UNKNOWN_CA)), NOW))
                .isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void anExpiredLeafIsRefusedForItsDate() {
        LeafRequest old =
                HARBOUR.withValidity(Instant.parse("2023-01-01T00:00:00Z"), Instant.parse("2024-01-01T00:00:00Z"));
        assertThatThrownBy(() -> validate(FORGE.issue(old), NOW))
                .isInstanceOfSatisfying(
                        CertPathValidatorException.class,
                        refusal -> assertThat(refusal.getReason())
                                .isEqualTo(CertPathValidatorException.BasicReason.EXPIRED));
    }

    @ParameterizedTest
    @EnumSource(KeySpec.class)
    void aSelfSignedLeafVerifiesWithItsOwnKeyWhateverItsKind(KeySpec key) throws Exception {
        X509Certificate leaf =
                FORGE.issue(HARBOUR.withIssuer(Issuer.SELF).withKey(key)).leaf();
        leaf.verify(leaf.getPublicKey());
        assertThat(leaf.getIssuerX500Principal()).isEqualTo(leaf.getSubjectX500Principal());
        assertThat(leaf.getPublicKey().getAlgorithm()).isEqualTo(key == KeySpec.ED25519 ? "EdDSA" : key.algorithm());
        if (leaf.getPublicKey() instanceof RSAPublicKey rsa) {
            assertThat(rsa.getModulus().bitLength()).isEqualTo(key.bits());
        }
        if (leaf.getPublicKey() instanceof ECPublicKey ec) {
            assertThat(ec.getParams().getOrder().bitLength()).isEqualTo(key.bits());
        }
    }

    @ParameterizedTest
    @EnumSource(SignatureHash.class)
    void theSignatureUsesTheHashThatWasAskedFor(SignatureHash hash) {
        assertThat(FORGE.issue(HARBOUR.withHash(hash)).leaf().getSigAlgName()).isEqualTo(hash + "withRSA");
    }

    @Test
    void md5CannotBeSignedWithAnEcKey() {
        LeafRequest impossible = HARBOUR.withIssuer(Issuer.SELF).withHash(SignatureHash.MD5);
        assertThatThrownBy(() -> FORGE.issue(impossible)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void subjectNamesAndDatesAreAsRequested() throws Exception {
        Instant from = Instant.parse("2025-03-01T00:00:00Z");
        Instant until = Instant.parse("2025-06-01T00:00:00Z");
        X509Certificate leaf = FORGE.issue(
                        HARBOUR.withSubject("mail", "Harbour Office").withValidity(from, until))
                .leaf();
        assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=mail,O=Harbour Office");
        assertThat(leaf.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "mx.harbour.example"), List.of(2, "*.quay.example"));
        assertThat(leaf.getNotBefore().toInstant()).isEqualTo(from);
        assertThat(leaf.getNotAfter().toInstant()).isEqualTo(until);
    }

    @Test
    void aLeafWithoutDnsNamesHasNoSan() throws Exception {
        assertThat(FORGE.issue(HARBOUR.withDnsNames()).leaf().getSubjectAlternativeNames())
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(KeySpec.class)
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers(KeySpec key) {
        LeafRequest request = HARBOUR.withIssuer(Issuer.SELF).withKey(key);
        String first = FORGE.issue(request).chainPem();
        assertThat(new CertificateForge(7).issue(request).chainPem()).isEqualTo(first);
        assertThat(new CertificateForge(8).issue(request).chainPem()).isNotEqualTo(first);
    }

    @Test
    void leavesShareAKeyOnlyWithinASlot() {
        X509Certificate first = FORGE.issue(HARBOUR).leaf();
        assertThat(FORGE.issue(LeafRequest.named("other.example")).leaf().getPublicKey())
                .isEqualTo(first.getPublicKey());
        assertThat(FORGE.issue(HARBOUR.withKey(KeySpec.EC_P256, 1)).leaf().getPublicKey())
                .isNotEqualTo(first.getPublicKey());
    }

    @ParameterizedTest
    @EnumSource(KeySpec.class)
    void boringSslServesEveryKindOfKey(KeySpec key) throws Exception {
        Credential credential = FORGE.issue(HARBOUR.withKey(key));
        SslContext server = SslContextBuilder.forServer(credential.key(), credential.chain())
                .sslProvider(SslProvider.OPENSSL)
                .build();
        try {
            assertThat(server.newEngine(UnpooledByteBufAllocator.DEFAULT)).satisfies(ReferenceCountUtil::release);
        } finally {
            ReferenceCountUtil.release(server);
        }
    }

    @Test
    void filesReadBackAsWritten(@TempDir Path folder) throws Exception {
        Credential credential = FORGE.issue(HARBOUR);
        Credential.PemFiles files = credential.writeTo(folder, "harbour");
        assertThat(certificates(Files.readString(files.chain()))).isEqualTo(List.copyOf(credential.chain()));
        assertThat(Files.readString(files.key())).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())))
                .isEqualTo("rw-------");
        assertThat(certificates(Files.readString(FORGE.writeTrustStore(folder.resolve("ca.pem")))))
                .isEqualTo(List.of(FORGE.rootCertificate()));
    }

    @ParameterizedTest
    @EnumSource(KeySpec.class)
    void theKeyBelongsToTheLeaf(KeySpec key) throws Exception {
        Credential credential = FORGE.issue(HARBOUR.withKey(key));
        String algorithm = switch (key) {
            case RSA_1024, RSA_2048 -> "SHA256withRSA";
            case EC_P256, EC_P384 -> "SHA256withECDSA";
            case ED25519 -> "Ed25519";
        };
        assertThat(signsFor(credential, algorithm)).isTrue();
    }

    private static boolean signsFor(Credential credential, String algorithm)
            throws GeneralSecurityException, SignatureException {
        byte[] message = "anchor".getBytes(StandardCharsets.US_ASCII);
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(credential.key());
        signer.update(message);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(credential.leaf());
        verifier.update(message);
        return verifier.verify(signature);
    }

    private static void validate(Credential credential, Instant at) throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(FORGE.rootCertificate(), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(credential.chain()), parameters);
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
