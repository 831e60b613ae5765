package org.mailpulse.probe.resolve;

import java.security.SecureRandom;

/** Query ids that nobody off the path can guess (RFC 5452 §9.2). Not thread-safe: each socket has its own. */
final class QueryIds {
    private static final SecureRandom SOURCE = new SecureRandom();

    private final byte[] pool = new byte[1024];
    private int used = pool.length;

    int next() {
        if (used == pool.length) {
            SOURCE.nextBytes(pool);
            used = 0;
        }
        return (pool[used++] & 0xff) << 8 | pool[used++] & 0xff;
    }
}
