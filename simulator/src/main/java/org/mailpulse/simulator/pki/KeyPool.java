package org.mailpulse.simulator.pki;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Key pairs by kind and label, each made once and always the same for one seed. */
final class KeyPool {
    private final long seed;
    private final Map<String, KeyPair> made = new ConcurrentHashMap<>();

    KeyPool(long seed) {
        this.seed = seed;
    }

    KeyPair get(KeySpec spec, String label) {
        String name = spec + "/" + label;
        return made.computeIfAbsent(name, ignored -> make(spec, name));
    }

    private KeyPair make(KeySpec spec, String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(spec.algorithm());
            generator.initialize(parameters(spec), reproducibleRandom(name));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key of kind " + spec, e);
        }
    }

    /** SHA1PRNG, unlike its kin, yields the same stream for the same seed if seeded before its first use. */
    private SecureRandom reproducibleRandom(String name) throws GeneralSecurityException {
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed((seed + "/" + name).getBytes(StandardCharsets.UTF_8));
        return random;
    }

    private static AlgorithmParameterSpec parameters(KeySpec spec) {
        return switch (spec) {
            case RSA_1024, RSA_2048 -> new RSAKeyGenParameterSpec(spec.bits(), RSAKeyGenParameterSpec.F4);
            case EC_P256 -> new ECGenParameterSpec("secp256r1");
            case EC_P384 -> new ECGenParameterSpec("secp384r1");
            case ED25519 -> NamedParameterSpec.ED25519;
        };
    }
}
