package org.mailpulse.model.verdict;

import java.util.Set;

/** One class per certificate: its first flag in the order of {@link CertificateFlag}, else valid. */
public enum CertificateClass {
    EXPIRED,
    NOT_YET_VALID,
    SELF_SIGNED,
    UNTRUSTED,
    NAME_MISMATCH,
    PLACEHOLDER,
    WEAK_KEY,
    WEAK_SIGNATURE,
    VALID;

    public static CertificateClass of(Set<CertificateFlag> flags) {
        return flags.stream()
                .min(CertificateFlag::compareTo)
                .map(flag -> valueOf(flag.name()))
                .orElse(VALID);
    }
}
