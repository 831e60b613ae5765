package org.mailpulse.simulator.dns;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * A P-256 key that makes the ECDSA signatures of RFC 6605, cheap enough for one per answer: all its signatures share one
 * nonce. That gives the key away to whoever sees two of them. Here it gives nothing away, since the key follows from a
 * public seed; a validator cannot tell the difference.
 */
final class SigningKey {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");
    private static final BigInteger ORDER = CURVE.getN();
    private static final int COORDINATE_BYTES = 32;

    private final byte[] publicKey;
    private final byte[] r;

    /** s = (digest + r·key) / nonce = digest·factor + summand, modulo the order (FIPS 186-5 §6.4.1). */
    private final BigInteger factor;

    private final BigInteger summand;

    SigningKey(String seed) {
        BigInteger key = scalar(seed + "/key");
        BigInteger nonce = scalar(seed + "/nonce");
        ECPoint point = times(key);
        this.publicKey = new byte[2 * COORDINATE_BYTES];
        BigIntegers.asUnsignedByteArray(point.getAffineXCoord().toBigInteger(), publicKey, 0, COORDINATE_BYTES);
        BigIntegers.asUnsignedByteArray(
                point.getAffineYCoord().toBigInteger(), publicKey, COORDINATE_BYTES, COORDINATE_BYTES);
        BigInteger x = times(nonce).getAffineXCoord().toBigInteger().mod(ORDER);
        this.r = BigIntegers.asUnsignedByteArray(COORDINATE_BYTES, x);
        this.factor = nonce.modInverse(ORDER);
        this.summand = factor.multiply(x).multiply(key).mod(ORDER);
    }

    /** Both coordinates, as a DNSKEY record holds them (RFC 6605 §4). */
    byte[] publicKey() {
        return publicKey.clone();
    }

    /** r and s, as an RRSIG record holds them. */
    byte[] sign(byte[] data) {
        BigInteger digest = new BigInteger(1, sha256(data));
        BigInteger s = digest.multiply(factor).add(summand).mod(ORDER);
        byte[] signature = Arrays.copyOf(r, 2 * COORDINATE_BYTES);
        BigIntegers.asUnsignedByteArray(s, signature, COORDINATE_BYTES, COORDINATE_BYTES);
        return signature;
    }

    private static ECPoint times(BigInteger scalar) {
        return new FixedPointCombMultiplier().multiply(CURVE.getG(), scalar).normalize();
    }

    /** 1…order-1 */
    private static BigInteger scalar(String seed) {
        BigInteger hash = new BigInteger(1, sha256(seed.getBytes(StandardCharsets.UTF_8)));
        return hash.mod(ORDER.subtract(BigInteger.ONE)).add(BigInteger.ONE);
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
