package org.mailpulse.probe.tls;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.NameMatch;

/** Certificate → facts. */
final class LeafReader {
    private static final int SAN_DNS_NAME = 2;
    /** Longer than any honest distinguished name. */
    private static final int MAX_NAME_CHARS = 1000;

    private LeafReader() {}

    /** All but the match of names, which depends on the host that was asked. */
    static CertificateFacts read(X509Certificate leaf, ChainTrust trust) {
        List<String> names = dnsNames(leaf);
        PublicKey key = leaf.getPublicKey();
        return new CertificateFacts(
                text(leaf.getSubjectX500Principal().getName()),
                text(leaf.getIssuerX500Principal().getName()),
                leaf.getNotBefore().toInstant(),
                leaf.getNotAfter().toInstant(),
                names.stream()
                        .limit(CertificateFacts.MAX_NAMES)
                        .map(LeafReader::text)
                        .toList(),
                names.size(),
                keyType(key),
                keyBits(key),
                leaf.getSigAlgName(),
                Digests.sha256(leaf),
                Digests.sha256(key.getEncoded()),
                isSelfSigned(leaf),
                trust,
                NameMatch.NONE);
    }

    static List<String> dnsNames(X509Certificate leaf) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = leaf.getSubjectAlternativeNames();
            if (all != null) {
                for (List<?> name : all) {
                    if (name.get(0) instanceof Integer type && type == SAN_DNS_NAME) {
                        names.add((String) name.get(1));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            return List.of(); // names that cannot be read name nobody
        }
        return names;
    }

    /** @return the most specific CN; null without one */
    static String commonName(X509Certificate leaf) {
        try {
            LdapName subject = new LdapName(leaf.getSubjectX500Principal().getName());
            for (int i = subject.size() - 1; i >= 0; i--) {
                Rdn rdn = subject.getRdn(i);
                if (rdn.getType().equalsIgnoreCase("CN") && rdn.getValue() instanceof String value) {
                    return value;
                }
            }
        } catch (InvalidNameException e) {
            // falls through: a subject that cannot be read names nobody
        }
        return null;
    }

    private static boolean isSelfSigned(X509Certificate leaf) {
        if (!ChainJudge.isSelfIssued(leaf)) {
            return false;
        }
        try {
            leaf.verify(leaf.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String keyType(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSASSA-PSS" -> "RSA";
            case "EdDSA" ->
                key instanceof EdECPublicKey edwards ? edwards.getParams().getName() : "EdDSA";
            default -> key.getAlgorithm();
        };
    }

    private static int keyBits(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength();
        }
        if (key instanceof ECPublicKey ec) {
            return ec.getParams().getCurve().getField().getFieldSize();
        }
        if (key instanceof DSAPublicKey dsa && dsa.getParams() != null) {
            return dsa.getParams().getP().bitLength();
        }
        if (key instanceof EdECPublicKey edwards) {
            return edwards.getParams().getName().equals("Ed448") ? 448 : 255;
        }
        return 0;
    }

    static String text(String hostile) {
        String cut = hostile.length() > MAX_NAME_CHARS ? hostile.substring(0, MAX_NAME_CHARS) : hostile;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
