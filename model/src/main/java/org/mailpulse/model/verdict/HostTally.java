package org.mailpulse.model.verdict;

import java.util.List;

/** How many of a domain's MX hosts are in each state. */
record HostTally(int yes, int no, int mixed, int unknown) {
    private static final int HOST_STATES = HostState.values().length;

    static HostTally of(List<MxHostVerdict> hosts) {
        int[] counts = new int[HOST_STATES];
        for (MxHostVerdict host : hosts) {
            counts[host.state().ordinal()]++;
        }
        return new HostTally(
                counts[HostState.YES.ordinal()],
                counts[HostState.NO.ordinal()],
                counts[HostState.MIXED.ordinal()],
                counts[HostState.UNKNOWN.ordinal()]);
    }

    Adoption adoption() {
        int determinate = yes + no + mixed;
        if (determinate == 0) {
            return Adoption.UNKNOWN;
        }
        if (no == determinate) {
            return Adoption.NONE;
        }
        return yes == determinate ? Adoption.ALL : Adoption.SOME;
    }

    boolean allStrict() {
        return yes > 0 && no + mixed + unknown == 0;
    }
}
