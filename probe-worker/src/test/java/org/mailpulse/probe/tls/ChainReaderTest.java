package org.mailpulse.probe.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.NameMatch;
import org.mailpulse.model.verdict.CertificateFlag;
import org.mailpulse.model.verdict.CertificateJudge;
import org.mailpulse.probe.tls.ChainReader.ChainFacts;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.Issuer;
import org.mailpulse.simulator.pki.KeySpec;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.simulator.pki.SignatureHash;

@Timeout(60)
class ChainReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final String HOST = "mx.quay.example";
    private static final LeafRequest GOOD = LeafRequest.named(HOST);
    private static final CertificateForge FORGE = new CertificateForge(5);

    @TempDir
    static Path folder;

    private static ChainReader reader;

    @BeforeAll
    static void open() throws IOException {
        reader = new ChainReader(
                TrustStore.load(FORGE.writeTrustStore(folder.resolve("roots.pem"))),
                Clock.fixed(NOW, ZoneOffset.UTC),
                Runnable::run);
    }

    @Test
    void aFaultlessChain() throws Exception {
        Credential credential = FORGE.issue(GOOD);
        ChainFacts facts = read(credential);
        CertificateFacts leaf = facts.leaf();
        assertThat(leaf.trust()).isEqualTo(ChainTrust.TRUSTED);
        assertThat(leaf.nameMatch()).isEqualTo(NameMatch.SAN);
        assertThat(leaf.selfSigned()).isFalse();
        assertThat(leaf.subject()).isEqualTo("CN=mx.quay.example");
        assertThat(leaf.issuer()).isEqualTo("CN=Lighthouse Issuing CA 1,O=Lighthouse Test Trust");
        assertThat(leaf.dnsNames()).containsExactly(HOST);
        assertThat(leaf.keyType()).isEqualTo("EC");
        assertThat(leaf.keyBits()).isEqualTo(256);
        assertThat(leaf.notAfter()).isEqualTo(LeafRequest.VALID_UNTIL);
        assertThat(leaf.sha256())
                .isEqualTo(Digests.sha256(credential.leaf().getEncoded()))
                .matches("[0-9a-f]{64}");
        assertThat(leaf.spkiSha256())
                .isEqualTo(Digests.sha256(credential.leaf().getPublicKey().getEncoded()));
        assertThat(facts.above()).hasSize(1);
        assertThat(facts.above().get(0).issuer()).isEqualTo("CN=Lighthouse Root,O=Lighthouse Test Trust");
        assertThat(flags(leaf)).isEmpty();
    }

    @Test
    void eachFaultIsAFlagOfItsOwn() throws Exception {
        Instant past = Instant.parse("2024-02-01T00:00:00Z");
        Instant future = Instant.parse("2030-01-01T00:00:00Z");
        assertFlags(GOOD.withValidity(past, past.plusSeconds(9_000)), CertificateFlag.EXPIRED);
        assertFlags(GOOD.withValidity(future, future.plusSeconds(9_000)), CertificateFlag.NOT_YET_VALID);
        assertFlags(GOOD.withIssuer(Issuer.SELF), CertificateFlag.SELF_SIGNED, CertificateFlag.UNTRUSTED);
        assertFlags(GOOD.withIssuer(Issuer.UNKNOWN_CA), CertificateFlag.UNTRUSTED);
        assertFlags(GOOD.withDnsNames("other.example"), CertificateFlag.NAME_MISMATCH);
        assertFlags(GOOD.withSubject("demo.example", "Demo"), CertificateFlag.PLACEHOLDER);
        assertFlags(GOOD.withKey(KeySpec.RSA_1024), CertificateFlag.WEAK_KEY);
        assertFlags(GOOD.withHash(SignatureHash.SHA1), CertificateFlag.WEAK_SIGNATURE);
        assertFlags(GOOD.withIssuer(Issuer.ROOT));
    }

    /** The JDK's path building refuses MD5 outright, as every sender does. */
    @Test
    void anMd5SignatureIsWeakAndUntrusted() throws Exception {
        assertFlags(GOOD.withHash(SignatureHash.MD5), CertificateFlag.UNTRUSTED, CertificateFlag.WEAK_SIGNATURE);
    }

    @Test
    void expiryAndTrustAreIndependent() throws Exception {
        Instant past = Instant.parse("2024-02-01T00:00:00Z");
        assertFlags(
                GOOD.withValidity(past, past.plusSeconds(9_000)).withIssuer(Issuer.UNKNOWN_CA),
                CertificateFlag.EXPIRED,
                CertificateFlag.UNTRUSTED);
    }

    @Test
    void aMissingIntermediateIsToldApartFromAnUnknownRoot() throws Exception {
        assertThat(read(FORGE.issue(GOOD).withoutIntermediate()).leaf().trust()).isEqualTo(ChainTrust.INCOMPLETE);
        Credential unknown = FORGE.issue(GOOD.withIssuer(Issuer.UNKNOWN_CA));
        assertThat(read(unknown).leaf().trust()).isEqualTo(ChainTrust.INCOMPLETE);
        List<X509Certificate> withRoot = List.of(unknown.leaf(), FORGE.unknownRootCertificate());
        assertThat(read(withRoot).leaf().trust()).isEqualTo(ChainTrust.UNTRUSTED);
        assertThat(read(FORGE.issue(GOOD.withIssuer(Issuer.SELF))).leaf().trust())
                .isEqualTo(ChainTrust.UNTRUSTED);
    }

    @Test
    void aRootPresentedAsTheLeafIsTrusted() throws Exception {
        assertThat(read(List.of(FORGE.rootCertificate())).leaf().trust()).isEqualTo(ChainTrust.TRUSTED);
    }

    @Test
    void theOrderOfTheChainDoesNotMatterAboveTheLeaf() throws Exception {
        List<X509Certificate> shuffled = List.of(
                FORGE.issue(GOOD).leaf(),
                FORGE.unknownRootCertificate(),
                FORGE.rootCertificate(),
                FORGE.intermediateCertificate());
        assertThat(read(shuffled).leaf().trust()).isEqualTo(ChainTrust.TRUSTED);
    }

    @Test
    void namesAreMatchedPerHostThoughTheChainIsCached() throws Exception {
        List<byte[]> chain = der(FORGE.issue(GOOD).chain());
        assertThat(get(chain, HOST).nameMatch()).isEqualTo(NameMatch.SAN);
        assertThat(get(chain, "other.example").nameMatch()).isEqualTo(NameMatch.NONE);
        assertThat(read(FORGE.issue(GOOD.withDnsNames())).leaf().nameMatch()).isEqualTo(NameMatch.CN_ONLY);
    }

    @Test
    void manyNamesAreCountedAndTheFirstKept() throws Exception {
        String[] names = IntStream.range(0, 300)
                .mapToObj(i -> "mx" + i + ".quay.example")
                .toArray(String[]::new);
        CertificateFacts leaf = get(der(FORGE.issue(GOOD.withDnsNames(names)).chain()), "mx299.quay.example");
        assertThat(leaf.dnsNameCount()).isEqualTo(300);
        assertThat(leaf.dnsNames()).hasSize(CertificateFacts.MAX_NAMES);
        assertThat(leaf.nameMatch()).isEqualTo(NameMatch.SAN);
    }

    @Test
    void keysOfAllKindsAreMeasured() throws Exception {
        assertThat(key(KeySpec.RSA_2048)).isEqualTo("RSA 2048");
        assertThat(key(KeySpec.EC_P384)).isEqualTo("EC 384");
        assertThat(key(KeySpec.ED25519)).isEqualTo("Ed25519 255");
    }

    @Test
    void hostileBytesNeverThrow() throws Exception {
        List<byte[]> chain = der(FORGE.issue(GOOD).chain());
        Random random = new Random(11);
        int unreadable = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] leaf = chain.get(0).clone();
            for (int flips = 0; flips < 1 + random.nextInt(4); flips++) {
                leaf[random.nextInt(leaf.length)] = (byte) random.nextInt();
            }
            byte[] cut =
                    java.util.Arrays.copyOf(leaf, random.nextInt(3) == 0 ? random.nextInt(leaf.length) : leaf.length);
            ChainFacts facts = reader.read(List.of(cut, chain.get(1)), HOST).get(20, TimeUnit.SECONDS);
            unreadable += facts.leaf() == null ? 1 : 0;
        }
        assertThat(unreadable).isBetween(100, 1_999);
        assertThat(reader.read(List.of(), HOST).get()).isEqualTo(ChainFacts.NONE);
        assertThat(reader.read(List.of(new byte[0]), HOST).get()).isEqualTo(ChainFacts.NONE);
    }

    @Test
    void whatDoesNotParseAboveTheLeafIsLeftOut() throws Exception {
        List<byte[]> chain = new ArrayList<>(der(FORGE.issue(GOOD).chain()));
        chain.add(1, new byte[] {0x30, 1});
        ChainFacts facts = reader.read(chain, HOST).get(20, TimeUnit.SECONDS);
        assertThat(facts.leaf().trust()).isEqualTo(ChainTrust.TRUSTED);
        assertThat(facts.above()).hasSize(1);
    }

    private static void assertFlags(LeafRequest request, CertificateFlag... flags) throws Exception {
        assertThat(flags(read(FORGE.issue(request)).leaf())).as("%s", request).containsExactly(flags);
    }

    private static Set<CertificateFlag> flags(CertificateFacts leaf) {
        return CertificateJudge.flags(leaf, NOW);
    }

    private static String key(KeySpec spec) throws Exception {
        CertificateFacts leaf = read(FORGE.issue(GOOD.withKey(spec))).leaf();
        return leaf.keyType() + " " + leaf.keyBits();
    }

    private static ChainFacts read(Credential credential) throws Exception {
        return read(credential.chain());
    }

    private static ChainFacts read(List<X509Certificate> chain) throws Exception {
        return reader.read(der(chain), HOST).get(20, TimeUnit.SECONDS);
    }

    private static CertificateFacts get(List<byte[]> chain, String host) throws Exception {
        return reader.read(chain, host).get(20, TimeUnit.SECONDS).leaf();
    }

    private static List<byte[]> der(List<X509Certificate> chain) throws Exception {
        List<byte[]> der = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            der.add(certificate.getEncoded());
        }
        return der;
    }
}
