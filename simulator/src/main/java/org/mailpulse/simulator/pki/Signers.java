package org.mailpulse.simulator.pki;

import java.io.IOException;
import java.security.PrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signers that give the same signature every time: RSA PKCS #1 and Ed25519 do by nature, ECDSA by RFC 6979. */
final class Signers {
    private Signers() {}

    static ContentSigner of(PrivateKey key, SignatureHash hash) {
        try {
            return switch (key.getAlgorithm()) {
                case "RSA" -> new JcaContentSignerBuilder(hash + "withRSA").build(key);
                case "EC" ->
                    new ReproducibleEcdsa(hash + "withECDSA").build(PrivateKeyFactory.createKey(key.getEncoded()));
                default -> new JcaContentSignerBuilder("Ed25519").build(key);
            };
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalArgumentException("cannot sign with " + key.getAlgorithm() + " and " + hash, e);
        }
    }

    private static final class ReproducibleEcdsa extends BcContentSignerBuilder {
        ReproducibleEcdsa(String algorithm) {
            this(new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm));
        }

        private ReproducibleEcdsa(AlgorithmIdentifier algorithm) {
            super(algorithm, new DefaultDigestAlgorithmIdentifierFinder().find(algorithm));
        }

        @Override
        protected Signer createSigner(AlgorithmIdentifier signature, AlgorithmIdentifier digest)
                throws OperatorCreationException {
            Digest forNonce = digestProvider.get(digest);
            return new DSADigestSigner(new ECDSASigner(new HMacDSAKCalculator(forNonce)), digestProvider.get(digest));
        }
    }
}
