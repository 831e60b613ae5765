package org.mailpulse.simulator.smtp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.mailpulse.simulator.pki.CertificateForge;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.pki.Issuer;
import org.mailpulse.simulator.pki.KeySpec;
import org.mailpulse.simulator.pki.LeafRequest;
import org.mailpulse.simulator.pki.SignatureHash;
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
        LeafRequest request = LeafRequest.named(plan.names().toArray(String[]::new))
                .withKey(plan.rsa() ? KeySpec.RSA_2048 : KeySpec.EC_P256, keySlot(plan));
        return switch (plan.kind()) {
            case VALID, WRONG_NAME -> forge.issue(request);
            case SELF_SIGNED -> forge.issue(request.withIssuer(Issuer.SELF));
            case EXPIRED -> forge.issue(request.withValidity(PAST_FROM, PAST_UNTIL));
            case NOT_YET_VALID -> forge.issue(request.withValidity(FUTURE_FROM, LeafRequest.VALID_UNTIL));
            case DEMO ->
                forge.issue(request.withSubject("demo.example", "Demo")
                        .withDnsNames("demo.example")
                        .withIssuer(Issuer.SELF));
            case DEMO_SUBJECT -> forge.issue(request.withSubject("demo.example", "Demo"));
            case INCOMPLETE_CHAIN -> forge.issue(request).withoutIntermediate();
            case UNKNOWN_CA -> forge.issue(request.withIssuer(Issuer.UNKNOWN_CA));
            case RSA_1024 -> forge.issue(request.withKey(KeySpec.RSA_1024, 0));
            case SHA_1 -> forge.issue(request.withHash(SignatureHash.SHA1));
        };
    }

    private static int keySlot(CertificatePlan plan) {
        return Math.floorMod(plan.names().hashCode(), plan.rsa() ? RSA_KEYS : EC_KEYS);
    }
}
