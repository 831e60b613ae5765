package org.mailpulse.benchmarks.load;

import java.lang.management.ManagementFactory;

/** The heap of this process. */
final class Heap {
    private Heap() {}

    /** Bytes in use after a full collection. */
    static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
