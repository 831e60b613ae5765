package org.mailpulse.simulator.world;

import java.util.List;

/** Random numbers without state: the same seed, aspect and coordinates always give the same one. */
final class Draw {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private final long[] streams;

    Draw(long seed) {
        Aspect[] aspects = Aspect.values();
        streams = new long[aspects.length];
        for (Aspect aspect : aspects) {
            // by name, so that the order of the constants does not matter
            streams[aspect.ordinal()] =
                    mix(mix(seed + GOLDEN_GAMMA) + aspect.name().hashCode());
        }
    }

    long bits(Aspect aspect, long x, long y) {
        return mix(mix(streams[aspect.ordinal()] + x * GOLDEN_GAMMA) + (y + 1) * GOLDEN_GAMMA);
    }

    /** 0 ≤ value < 1. */
    double unit(Aspect aspect, long x, long y) {
        return (bits(aspect, x, y) >>> 11) * UNIT;
    }

    double unit(Aspect aspect, long x) {
        return unit(aspect, x, 0);
    }

    /** 0 ≤ value < bound. */
    int below(int bound, Aspect aspect, long x, long y) {
        return (int) Math.floorMod(bits(aspect, x, y) >>> 1, (long) bound);
    }

    <T> T pick(List<T> choices, Aspect aspect, long x, long y) {
        return choices.get(below(choices.size(), aspect, x, y));
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014): every input bit stirs every output bit. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
