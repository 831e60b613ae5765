package org.mailpulse.probe.tls;

import java.util.Arrays;
import java.util.List;

/** How far an offer of old versions and suites reaches. All begin at SSL 3. */
enum OldOffer {
    /** To TLS 1.2: what may a server know that fails the modern offer? */
    WIDE(0x0303),
    /** To TLS 1.1: does a server still take what RFC 8996 forbids? */
    OUTDATED(0x0302);

    private static final int TLS_1_2 = 0x0303;

    private final int latest;
    private final List<WideSuite> suites;

    OldOffer(int latest) {
        this.latest = latest;
        this.suites = Arrays.stream(WideSuite.values())
                .filter(suite -> latest >= TLS_1_2 || !suite.needsTls12())
                .toList();
    }

    /** Number of the latest version. */
    int latest() {
        return latest;
    }

    /** TLS 1.1 does not choose its signatures. */
    boolean namesSignatures() {
        return latest >= TLS_1_2;
    }

    /** In the order of our preference. */
    List<WideSuite> suites() {
        return suites;
    }

    boolean holds(int version, WideSuite suite) {
        return version <= latest && suites.contains(suite);
    }
}
