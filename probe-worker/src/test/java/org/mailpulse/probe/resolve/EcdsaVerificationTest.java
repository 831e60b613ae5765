package org.mailpulse.probe.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcdsaVerificationTest {
    private static final byte[] TEXT =
            "a record set in canonical form".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    @BeforeAll
    static void install() {
        EcdsaVerification.install();
        EcdsaVerification.install();
    }

    @ParameterizedTest
    @CsvSource({"SHA256withECDSA, secp256r1", "SHA384withECDSA, secp384r1"})
    void itAcceptsWhatTheJdkSignsAndNothingElse(String algorithm, String curve) throws Exception {
        KeyPair keys = keys(curve);
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(keys.getPrivate());
        signer.update(TEXT);
        byte[] signature = signer.sign();
        assertThat(signer.getProvider().getName()).as("the JDK signs").isEqualTo("SunEC");
        assertThat(verifies(algorithm, keys, TEXT, signature)).isTrue();
        assertThat(verifies(algorithm, keys(curve), TEXT, signature)).isFalse();
        for (int at = 0; at < TEXT.length; at++) {
            byte[] changed = TEXT.clone();
            changed[at] ^= 1;
            assertThat(verifies(algorithm, keys, changed, signature)).isFalse();
        }
        for (int at = 0; at < signature.length; at++) {
            byte[] changed = signature.clone();
            changed[at] ^= 1;
            assertThat(verifies(algorithm, keys, TEXT, changed)).isFalse();
        }
    }

    /** dnsjava, too, takes an exception for a no. */
    private static boolean verifies(String algorithm, KeyPair keys, byte[] text, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(keys.getPublic());
        assertThat(verifier.getProvider().getName()).isEqualTo("MailPulseEcdsa");
        verifier.update(text);
        try {
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        }
    }

    private static KeyPair keys(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }
}
