package org.mailpulse.probe.tls;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.ChainCertificate;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.NameMatch;

/**
 * DER chain → facts, cached by the chain's fingerprint: parsing and path building cost as much as the handshake, and a
 * hoster shows the same chain at many addresses. Runs on an executor of its own, since a chain made to be slow must
 * not hold up an event loop.
 */
public final class ChainReader {
    /** Bytes of DER; the facts made of them need about as much. */
    private static final long MAX_CACHED_BYTES = 64L << 20;
    /** Trust depends on the day. */
    private static final Duration MAX_AGE = Duration.ofHours(6);

    private final ChainJudge judge;
    private final Clock clock;
    private final AsyncCache<String, Parsed> cache;

    public ChainReader(TrustStore trust, Clock clock, Executor executor) {
        this.judge = new ChainJudge(trust);
        this.clock = clock;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(MAX_CACHED_BYTES)
                .weigher((String key, Parsed parsed) -> parsed.bytes)
                .expireAfterWrite(MAX_AGE)
                .executor(executor)
                .buildAsync();
    }

    /**
     * @param leaf null if the certificate does not parse, or there was none
     * @param above what the server sent beside the leaf, as far as it parses
     */
    public record ChainFacts(CertificateFacts leaf, List<ChainCertificate> above) {
        public static final ChainFacts NONE = new ChainFacts(null, List.of());

        public ChainFacts {
            above = List.copyOf(above);
        }
    }

    /**
     * @param chain DER, leaf first
     * @param host that the leaf should name
     * @return never completes exceptionally
     */
    public CompletableFuture<ChainFacts> read(List<byte[]> chain, String host) {
        if (chain.isEmpty()) {
            return CompletableFuture.completedFuture(ChainFacts.NONE);
        }
        return cache.get(fingerprint(chain), key -> parse(chain)).thenApply(parsed -> parsed.factsFor(host));
    }

    private Parsed parse(List<byte[]> chain) {
        int bytes = chain.stream().mapToInt(der -> der.length).sum();
        try {
            List<X509Certificate> certificates = certificates(chain);
            X509Certificate leaf = certificates.get(0);
            ChainTrust trust = judge.judge(certificates, clock.instant());
            List<ChainCertificate> above =
                    certificates.stream().skip(1).map(ChainReader::above).toList();
            return new Parsed(
                    LeafReader.read(leaf, trust), LeafReader.dnsNames(leaf), LeafReader.commonName(leaf), above, bytes);
        } catch (CertificateException | RuntimeException | StackOverflowError e) {
            // hostile DER finds holes in parsers; whatever it does, the certificate is one that cannot be read
            return new Parsed(null, List.of(), null, List.of(), bytes);
        }
    }

    /** The leaf must parse; what does not parse above it is as good as not sent. */
    private static List<X509Certificate> certificates(List<byte[]> chain) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : chain) {
            try {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            } catch (CertificateException | RuntimeException e) {
                if (certificates.isEmpty()) {
                    throw e;
                }
            }
        }
        return certificates;
    }

    private static ChainCertificate above(X509Certificate certificate) {
        return new ChainCertificate(
                LeafReader.text(certificate.getSubjectX500Principal().getName()),
                LeafReader.text(certificate.getIssuerX500Principal().getName()),
                certificate.getNotAfter().toInstant(),
                Digests.sha256(certificate));
    }

    /** Lengths are hashed too, so that no two chains share a fingerprint. */
    private static String fingerprint(List<byte[]> chain) {
        MessageDigest digest = Digests.newSha256();
        for (byte[] der : chain) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(der.length).flip());
            digest.update(der);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private record Parsed(
            CertificateFacts leaf, List<String> dnsNames, String commonName, List<ChainCertificate> above, int bytes) {
        ChainFacts factsFor(String host) {
            if (leaf == null) {
                return ChainFacts.NONE;
            }
            NameMatch match = NameMatcher.match(dnsNames, commonName, host);
            return new ChainFacts(match == leaf.nameMatch() ? leaf : withMatch(match), above);
        }

        private CertificateFacts withMatch(NameMatch match) {
            return new CertificateFacts(
                    leaf.subject(),
                    leaf.issuer(),
                    leaf.notBefore(),
                    leaf.notAfter(),
                    leaf.dnsNames(),
                    leaf.dnsNameCount(),
                    leaf.keyType(),
                    leaf.keyBits(),
                    leaf.signatureAlgorithm(),
                    leaf.sha256(),
                    leaf.spkiSha256(),
                    leaf.selfSigned(),
                    leaf.trust(),
                    match);
        }
    }
}
