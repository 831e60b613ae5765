package org.mailpulse.probe.worker;

import java.util.TreeSet;

/**
 * Which records of one partition are still worked on. They finish in any order, but a commit says "all before this":
 * so it may go no further than the lowest that is not finished. Thread-safe.
 */
final class Unfinished {
    private final TreeSet<Long> offsets = new TreeSet<>();
    private long next = -1;

    synchronized void begin(long offset) {
        offsets.add(offset);
        next = offset + 1;
    }

    synchronized void finish(long offset) {
        offsets.remove(offset);
    }

    /** @return the offset to commit: the first that must be read again after a crash; -1 if nothing began */
    synchronized long position() {
        return offsets.isEmpty() ? next : offsets.first();
    }
}
