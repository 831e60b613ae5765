package org.mailpulse.model.verdict;

import java.util.Arrays;
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

    private static final CertificateFlag[] FLAGS = CertificateFlag.values();
    /** That of each flag. */
    private static final CertificateClass[] CLASSES =
            Arrays.stream(FLAGS).map(flag -> valueOf(flag.name())).toArray(CertificateClass[]::new);

    public static CertificateClass of(Set<CertificateFlag> flags) {
        for (int i = 0; i < FLAGS.length; i++) {
            if (flags.contains(FLAGS[i])) {
                return CLASSES[i];
            }
        }
        return VALID;
    }
}
