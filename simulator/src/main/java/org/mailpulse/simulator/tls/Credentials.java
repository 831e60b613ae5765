package org.mailpulse.simulator.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.Issuer;
import org.mailpulse.simulator.pki.KeySpec;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.simulator.pki.SignatureHash;
import org.mailpulse.simulator.world.CertificateKind;
import org.mailpulse.simulator.world.CertificatePlan;

/** Certificate plan → certificate. The same plan gives the same bytes; keys come from a small pool. */
public final class Credentials {
    private static final int EC_KEYS = 4;
    private static final int RSA_KEYS = 2;
    private static final Instant PAST_FROM = Instant.parse("2022-06-01T00:00:00Z");
    private static final Instant PAST_UNTIL = Instant.parse("2023-06-01T00:00:00Z");
    private static final Instant FUTURE_FROM = Instant.parse("2043-01-01T00:00:00Z");

    private final CertificateForge forge;

    public Credentials(long seed) {
        this.forge = new CertificateForge(seed);
    }

    /** Writes the trusted root as PEM. */
    public void writeTrustStore(Path pem) throws IOException {
        forge.writeTrustStore(pem);
    }

    /** Makes the keys beforehand that would otherwise hold up the first handshakes. */
    public void warmUp() {
        LeafRequest any = LeafRequest.named("warm-up.test").withIssuer(Issuer.SELF);
        for (int slot = 0; slot < RSA_KEYS; slot++) {
            forge.issue(any.withKey(KeySpec.RSA_2048, slot));
        }
        forge.issue(any.withKey(KeySpec.RSA_1024, 0));
    }

    public Credential of(CertificatePlan plan) {
        Credential credential = forge.issue(request(plan));
        return plan.kind() == CertificateKind.INCOMPLETE_CHAIN ? credential.withoutIntermediate() : credential;
    }

    /** The key of {@link #of}, without the cost of the certificate. */
    public PublicKey publicKey(CertificatePlan plan) {
        return forge.publicKey(request(plan));
    }

    /** The authority that stands between the trusted root and the leaves. */
    public X509Certificate issuingAuthority() {
        return forge.intermediateCertificate();
    }

    private static LeafRequest request(CertificatePlan plan) {
        LeafRequest request = LeafRequest.named(plan.names().toArray(String[]::new))
                .withKey(plan.rsa() ? KeySpec.RSA_2048 : KeySpec.EC_P256, keySlot(plan));
        return switch (plan.kind()) {
            case VALID, WRONG_NAME, INCOMPLETE_CHAIN -> request;
            case SELF_SIGNED -> request.withIssuer(Issuer.SELF);
            case EXPIRED -> request.withValidity(PAST_FROM, PAST_UNTIL);
            case NOT_YET_VALID -> request.withValidity(FUTURE_FROM, LeafRequest.VALID_UNTIL);
            case DEMO ->
                request.withSubject("demo.example", "Demo")
                        .withDnsNames("demo.example")
                        .withIssuer(Issuer.SELF);
            case DEMO_SUBJECT -> request.withSubject("demo.example", "Demo");
            case UNKNOWN_CA -> request.withIssuer(Issuer.UNKNOWN_CA);
            case RSA_1024 -> request.withKey(KeySpec.RSA_1024, 0);
            case SHA_1 -> request.withHash(SignatureHash.SHA1);
        };
    }

    private static int keySlot(CertificatePlan plan) {
        return Math.floorMod(plan.names().hashCode(), plan.rsa() ? RSA_KEYS : EC_KEYS);
    }
}
