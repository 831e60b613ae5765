package org.mailpulse.simulator.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509ExtensionUtils;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;

/**
 * A test CA (root and intermediate) that issues leaves to order, good and bad. Thread-safe; the same seed and request
 * give the same bytes.
 *
 * <pre>{@code
 * var forge = new CertificateForge(1);
 * Credential good = forge.issue(LeafRequest.named("mx.harbour.example"));
 * Credential old = forge.issue(LeafRequest.named("mx.quay.example").withValidity(from, until));
 * forge.writeTrustStore(folder.resolve("ca.pem"));
 * }</pre>
 */
public final class CertificateForge {
    private static final Instant CA_FROM = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant CA_UNTIL = Instant.parse("2049-01-01T00:00:00Z");
    private static final X509ExtensionUtils IDENTIFIERS = new BcX509ExtensionUtils();

    private final KeyPool keys;
    private final Authority root;
    private final Authority intermediate;
    private final Authority unknown;

    /** Makes three RSA keys, which takes some tenths of a second: share the forge. */
    public CertificateForge(long seed) {
        keys = new KeyPool(seed);
        root = authority("Lighthouse Root", null);
        intermediate = authority("Lighthouse Issuing CA 1", root);
        unknown = authority("Fog Bank Root", null);
    }

    /** The one certificate that a test's trust store holds. */
    public X509Certificate rootCertificate() {
        return root.certificate();
    }

    public X509Certificate intermediateCertificate() {
        return intermediate.certificate();
    }

    public X509Certificate unknownRootCertificate() {
        return unknown.certificate();
    }

    /** Writes the root as PEM, the form of {@code --trust-store}. */
    public Path writeTrustStore(Path file) throws IOException {
        return Files.writeString(file, Pem.of(List.of(rootCertificate())));
    }

    /** The key that {@link #issue} would certify. */
    public PublicKey publicKey(LeafRequest request) {
        return pair(request).getPublic();
    }

    private KeyPair pair(LeafRequest request) {
        return keys.get(request.key(), "leaf-" + request.keySlot());
    }

    /** @throws IllegalArgumentException for a hash that the issuer's key cannot sign with (MD5 with EC) */
    public Credential issue(LeafRequest request) {
        KeyPair pair = pair(request);
        X500Name subject = name(request.commonName(), request.organisation());
        Authority issuer = switch (request.issuer()) {
            case ROOT -> root;
            case INTERMEDIATE -> intermediate;
            case UNKNOWN_CA -> unknown;
            case SELF -> new Authority(subject, pair, null);
        };
        X509v3CertificateBuilder leaf =
                builder(subject, pair.getPublic(), issuer, request.notBefore(), request.notAfter(), request.toString());
        try {
            leaf.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            leaf.addExtension(Extension.keyUsage, true, new KeyUsage(leafUsage(request.key())));
            leaf.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            if (!request.dnsNames().isEmpty()) {
                leaf.addExtension(Extension.subjectAlternativeName, false, dnsNames(request.dnsNames()));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot encode " + request, e);
        }
        X509Certificate signed = sign(leaf, issuer.pair().getPrivate(), request.hash());
        return new Credential(
                pair.getPrivate(),
                request.issuer() == Issuer.INTERMEDIATE
                        ? List.of(signed, intermediate.certificate())
                        : List.of(signed));
    }

    private Authority authority(String commonName, Authority above) {
        KeyPair pair = keys.get(KeySpec.RSA_2048, commonName);
        X500Name subject = name(commonName, "Lighthouse Test Trust");
        Authority issuer = above == null ? new Authority(subject, pair, null) : above;
        X509v3CertificateBuilder ca = builder(subject, pair.getPublic(), issuer, CA_FROM, CA_UNTIL, commonName);
        try {
            ca.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            ca.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } catch (IOException e) {
            throw new IllegalStateException("cannot encode " + commonName, e);
        }
        return new Authority(subject, pair, sign(ca, issuer.pair().getPrivate(), SignatureHash.SHA256));
    }

    private static X509v3CertificateBuilder builder(
            X500Name subject, PublicKey key, Authority issuer, Instant from, Instant until, String identity) {
        SubjectPublicKeyInfo info = info(key);
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer.name(), serial(identity), Date.from(from), Date.from(until), subject, info);
        try {
            builder.addExtension(Extension.subjectKeyIdentifier, false, IDENTIFIERS.createSubjectKeyIdentifier(info));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    IDENTIFIERS.createAuthorityKeyIdentifier(info(issuer.pair().getPublic())));
        } catch (IOException e) {
            throw new IllegalStateException("cannot encode a key identifier", e);
        }
        return builder;
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key, SignatureHash hash) {
        try {
            return new JcaX509CertificateConverter().getCertificate(builder.build(Signers.of(key, hash)));
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate of our own making does not parse", e);
        }
    }

    private static SubjectPublicKeyInfo info(PublicKey key) {
        return SubjectPublicKeyInfo.getInstance(key.getEncoded());
    }

    /** Positive, 122 bits: RFC 5280 §4.1.2.2 allows 20 bytes. */
    private static BigInteger serial(String identity) {
        UUID hash = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
        return new BigInteger(hash.toString().replace("-", ""), 16);
    }

    private static X500Name name(String commonName, String organisation) {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        if (!organisation.isEmpty()) {
            name.addRDN(BCStyle.O, organisation);
        }
        return name.addRDN(BCStyle.CN, commonName).build();
    }

    private static int leafUsage(KeySpec key) {
        return key.algorithm().equals("RSA")
                ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment
                : KeyUsage.digitalSignature;
    }

    private static GeneralNames dnsNames(List<String> names) {
        return new GeneralNames(names.stream()
                .map(dnsName -> new GeneralName(GeneralName.dNSName, dnsName))
                .toArray(GeneralName[]::new));
    }

    /** One who signs; a leaf that signs itself has no certificate yet. */
    private record Authority(X500Name name, KeyPair pair, X509Certificate certificate) {}
}
