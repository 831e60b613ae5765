package org.mailpulse.survey.coordinator;

import java.util.function.IntUnaryOperator;

/**
 * An order in which neighbours of a list come far apart: lists are often sorted by provider or by owner, and nobody's
 * servers should be asked in a row. The same name and size give the same order, in every run and on every machine.
 *
 * <p>It is a Feistel network, which is a permutation of 0…4^k-1 whatever its rounds compute; numbers that lie beyond the
 * size are sent through again until they come out within it. So no order needs to be kept in memory.
 */
final class Shuffle implements IntUnaryOperator {
    private static final int ROUNDS = 4;

    private final int size;
    private final int halfBits;
    private final long halfMask;
    private final long key;

    /** @param size 0… */
    Shuffle(String name, int size) {
        this.size = size;
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, size - 1));
        this.halfBits = Math.max(1, (bits + 1) / 2);
        this.halfMask = (1L << halfBits) - 1;
        long text = size;
        for (int i = 0; i < name.length(); i++) {
            text = mix(text + name.charAt(i));
        }
        this.key = text;
    }

    /** @return the number at the position, each of 0…size-1 at one of them */
    @Override
    public int applyAsInt(int position) {
        if (position < 0 || position >= size) {
            throw new IndexOutOfBoundsException("position " + position + " of " + size);
        }
        long number = position;
        do {
            number = permute(number);
        } while (number >= size);
        return (int) number;
    }

    private long permute(long number) {
        long left = number >>> halfBits;
        long right = number & halfMask;
        for (int round = 0; round < ROUNDS; round++) {
            long mixed = left ^ (mix(key + round + (right << 8)) & halfMask);
            left = right;
            right = mixed;
        }
        return left << halfBits | right;
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
