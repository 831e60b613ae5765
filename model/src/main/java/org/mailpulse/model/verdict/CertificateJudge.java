package org.mailpulse.model.verdict;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.NameMatch;

/** Certificate facts → flags; docs/methodology.md, section 4. */
public final class CertificateJudge {
    /** NIST SP 800-131A: below this an RSA key is disallowed. */
    private static final int MIN_RSA_BITS = 2048;

    private static final int MIN_EC_BITS = 224;

    private CertificateJudge() {}

    /** @param at the time of the probe, not of the judgement */
    public static EnumSet<CertificateFlag> flags(CertificateFacts facts, Instant at) {
        EnumSet<CertificateFlag> flags = EnumSet.noneOf(CertificateFlag.class);
        if (isExpired(facts, at)) {
            flags.add(CertificateFlag.EXPIRED);
        }
        if (isNotYetValid(facts, at)) {
            flags.add(CertificateFlag.NOT_YET_VALID);
        }
        if (facts.selfSigned()) {
            flags.add(CertificateFlag.SELF_SIGNED);
        }
        if (isUntrusted(facts)) {
            flags.add(CertificateFlag.UNTRUSTED);
        }
        if (isMisnamed(facts)) {
            flags.add(CertificateFlag.NAME_MISMATCH);
        }
        if (Placeholders.names(facts.subject()) || Placeholders.names(facts.issuer())) {
            flags.add(CertificateFlag.PLACEHOLDER);
        }
        if (hasWeakKey(facts)) {
            flags.add(CertificateFlag.WEAK_KEY);
        }
        if (hasWeakSignature(facts)) {
            flags.add(CertificateFlag.WEAK_SIGNATURE);
        }
        return flags;
    }

    /**
     * A chain valid to the trust store, in date, that names the MX host: what level 3 asks for. The other flags are
     * blemishes, with which a sender that checks would still be sure.
     */
    public static boolean authenticates(CertificateFacts facts, Instant at) {
        return !isExpired(facts, at) && !isNotYetValid(facts, at) && !isUntrusted(facts) && !isMisnamed(facts);
    }

    private static boolean isExpired(CertificateFacts facts, Instant at) {
        return at.isAfter(facts.notAfter());
    }

    private static boolean isNotYetValid(CertificateFacts facts, Instant at) {
        return at.isBefore(facts.notBefore());
    }

    private static boolean isUntrusted(CertificateFacts facts) {
        return facts.trust() != ChainTrust.TRUSTED;
    }

    private static boolean isMisnamed(CertificateFacts facts) {
        return facts.nameMatch() != NameMatch.SAN;
    }

    private static boolean hasWeakKey(CertificateFacts facts) {
        if (facts.keyBits() <= 0 || facts.keyType() == null) {
            return false;
        }
        return switch (facts.keyType()) {
            case "RSA", "DSA" -> facts.keyBits() < MIN_RSA_BITS;
            case "EC" -> facts.keyBits() < MIN_EC_BITS;
            default -> false;
        };
    }

    private static boolean hasWeakSignature(CertificateFacts facts) {
        String algorithm = facts.signatureAlgorithm() == null
                ? ""
                : facts.signatureAlgorithm().toUpperCase(Locale.ROOT);
        return algorithm.startsWith("MD") || algorithm.startsWith("SHA1") || algorithm.startsWith("SHA-1");
    }
}
