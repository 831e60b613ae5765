package org.mailpulse.simulator.dns;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Remembers which questions were asked before, in a fixed amount of memory: two questions that fall on the same place
 * make each other forgotten, so that a question may be lost once more, never once less.
 */
final class FirstAsked {
    private static final int PLACES = 1 << 16;

    private final AtomicIntegerArray seen = new AtomicIntegerArray(PLACES);

    boolean isFirst(int hash) {
        int key = hash | 1; // 0 is an empty place
        return seen.getAndSet(Math.floorMod(hash >>> 1, PLACES), key) != key;
    }
}
