package org.mailpulse.model.rollup;

import org.mailpulse.model.verdict.Level;

/**
 * Where a domain stands in the cross-section of a survey: a step of the ladder, or why it is on none. The natural order of the steps is the
 * ladder's. docs/methodology.md, section 8.
 */
public enum Standing {
    /** Not in the cross-section: not on the list, or not eligible. */
    ABSENT,
    UNKNOWN,
    PLAINTEXT,
    PARTIAL,
    OPPORTUNISTIC,
    AUTHENTICABLE,
    ENFORCED;

    /** @param level null where the domain is not eligible */
    public static Standing of(Level level) {
        return level == null
                ? ABSENT
                : switch (level) {
                    case PLAINTEXT -> PLAINTEXT;
                    case PARTIAL -> PARTIAL;
                    case OPPORTUNISTIC -> OPPORTUNISTIC;
                    case AUTHENTICABLE -> AUTHENTICABLE;
                    case ENFORCED -> ENFORCED;
                    case UNKNOWN -> UNKNOWN;
                };
    }

    /** Whether it is a step of the ladder. */
    public boolean isKnown() {
        return compareTo(PLAINTEXT) >= 0;
    }
}
