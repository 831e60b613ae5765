package org.mailpulse.probe.torture;

import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;
import org.mailpulse.model.verdict.CertificateClass;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.Issuer;
import org.mailpulse.simulator.pki.KeySpec;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.simulator.pki.SignatureHash;

/** What hostile servers make their handshakes with: BoringSSL, and certificates of every class. */
final class Tls {
    static final String HOST = "mx.torture.test";
    static final List<CertificateClass> FAULTS = List.of(
            CertificateClass.EXPIRED,
            CertificateClass.NOT_YET_VALID,
            CertificateClass.SELF_SIGNED,
            CertificateClass.UNTRUSTED,
            CertificateClass.NAME_MISMATCH,
            CertificateClass.PLACEHOLDER,
            CertificateClass.WEAK_KEY,
            CertificateClass.WEAK_SIGNATURE);

    private static final Instant PAST = Instant.parse("2024-02-01T00:00:00Z");
    private static final Instant FUTURE = Instant.parse("2090-01-01T00:00:00Z");
    private static final LeafRequest GOOD = LeafRequest.named(HOST);

    private final CertificateForge forge = new CertificateForge(29);

    Path writeTrustStore(Path file) throws IOException {
        return forge.writeTrustStore(file);
    }

    SslContext good() {
        return context(forge.issue(GOOD), "X25519", "P-256");
    }

    SslContext hybrid() {
        return context(forge.issue(GOOD), "X25519MLKEM768");
    }

    /** The client sends no share for it, so it takes a HelloRetryRequest. */
    SslContext retrying() {
        return context(forge.issue(GOOD), "P-384");
    }

    SslContext incomplete() {
        return context(forge.issue(GOOD).withoutIntermediate(), "X25519");
    }

    SslContext faulty(CertificateClass fault) {
        return context(forge.issue(request(fault)), "X25519");
    }

    private static LeafRequest request(CertificateClass fault) {
        return switch (fault) {
            case EXPIRED -> GOOD.withValidity(PAST, PAST.plusSeconds(9_000));
            case NOT_YET_VALID -> GOOD.withValidity(FUTURE, FUTURE.plusSeconds(9_000));
            case SELF_SIGNED -> GOOD.withIssuer(Issuer.SELF);
            case UNTRUSTED -> GOOD.withIssuer(Issuer.UNKNOWN_CA);
            case NAME_MISMATCH -> GOOD.withDnsNames("other.test");
            case PLACEHOLDER -> GOOD.withSubject("demo.example", "Demo");
            case WEAK_KEY -> GOOD.withKey(KeySpec.RSA_1024);
            case WEAK_SIGNATURE -> GOOD.withHash(SignatureHash.SHA1);
            case VALID -> GOOD;
        };
    }

    private static SslContext context(Credential credential, String... groups) {
        try {
            return SslContextBuilder.forServer(
                            credential.key(), credential.chain().toArray(X509Certificate[]::new))
                    .sslProvider(SslProvider.OPENSSL)
                    .protocols("TLSv1.2", "TLSv1.3")
                    .option(OpenSslContextOption.GROUPS, groups)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("no TLS for a hostile server", e);
        }
    }
}
