package org.mailpulse.simulator.pki;

import java.time.Instant;
import java.util.List;

/**
 * What a leaf certificate shall say. Starts from {@link #named}, which is without fault; each vice is one {@code with…}.
 *
 * @param commonName subject CN
 * @param organisation subject O; empty for none
 * @param dnsNames SAN dNSNames; none means a certificate without SAN, as before 2000
 * @param keySlot 0…: leaves with the same kind and slot share a key pair, since making RSA keys is slow
 */
public record LeafRequest(
        String commonName,
        String organisation,
        List<String> dnsNames,
        KeySpec key,
        int keySlot,
        SignatureHash hash,
        Instant notBefore,
        Instant notAfter,
        Issuer issuer) {

    /** Default validity: long enough that no test meets its end, and the same on every day that it runs. */
    public static final Instant VALID_FROM = Instant.parse("2024-01-01T00:00:00Z");

    public static final Instant VALID_UNTIL = Instant.parse("2044-01-01T00:00:00Z");

    public LeafRequest {
        dnsNames = List.copyOf(dnsNames);
        if (commonName.isEmpty()) {
            throw new IllegalArgumentException("commonName must not be empty");
        }
        if (keySlot < 0) {
            throw new IllegalArgumentException("keySlot must not be negative, is " + keySlot);
        }
        if (!notBefore.isBefore(notAfter)) {
            throw new IllegalArgumentException("notBefore " + notBefore + " is not before notAfter " + notAfter);
        }
    }

    /** A faultless P-256 leaf from the intermediate; the first name is also the subject's CN. */
    public static LeafRequest named(String... dnsNames) {
        return new LeafRequest(
                dnsNames[0],
                "",
                List.of(dnsNames),
                KeySpec.EC_P256,
                0,
                SignatureHash.SHA256,
                VALID_FROM,
                VALID_UNTIL,
                Issuer.INTERMEDIATE);
    }

    public LeafRequest withSubject(String newCommonName, String newOrganisation) {
        return new LeafRequest(
                newCommonName, newOrganisation, dnsNames, key, keySlot, hash, notBefore, notAfter, issuer);
    }

    public LeafRequest withDnsNames(String... newDnsNames) {
        return new LeafRequest(
                commonName, organisation, List.of(newDnsNames), key, keySlot, hash, notBefore, notAfter, issuer);
    }

    public LeafRequest withKey(KeySpec newKey) {
        return withKey(newKey, keySlot);
    }

    public LeafRequest withKey(KeySpec newKey, int newSlot) {
        return new LeafRequest(commonName, organisation, dnsNames, newKey, newSlot, hash, notBefore, notAfter, issuer);
    }

    public LeafRequest withHash(SignatureHash newHash) {
        return new LeafRequest(commonName, organisation, dnsNames, key, keySlot, newHash, notBefore, notAfter, issuer);
    }

    public LeafRequest withValidity(Instant newNotBefore, Instant newNotAfter) {
        return new LeafRequest(
                commonName, organisation, dnsNames, key, keySlot, hash, newNotBefore, newNotAfter, issuer);
    }

    public LeafRequest withIssuer(Issuer newIssuer) {
        return new LeafRequest(commonName, organisation, dnsNames, key, keySlot, hash, notBefore, notAfter, newIssuer);
    }
}
