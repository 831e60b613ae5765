package org.mailpulse.benchmarks.probe;

import java.util.concurrent.ThreadLocalRandom;

/** How long a server lets its client wait, and before what. */
record Delay(At at, int millis) {
    static final Delay NONE = new Delay(At.GREETING, 0);

    enum At {
        GREETING,
        /** With the handshake done, the most that a client has to keep. */
        INSIDE_TLS
    }

    /** From half to one and a half of it, so that clients that came together do not stay together. */
    Delay spread() {
        return millis == 0
                ? this
                : new Delay(at, millis / 2 + ThreadLocalRandom.current().nextInt(millis + 1));
    }
}
