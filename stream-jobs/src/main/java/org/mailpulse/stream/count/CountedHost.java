package org.mailpulse.stream.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.rollup.HostRollupKey;

/**
 * What stands in the counts for an MX host in one survey: state.
 *
 * @param newest what it is counted by
 * @param cells in which it is counted beside those of {@code uses}: what an older layout has left behind
 * @param uses it is counted in all of their cells; no more than {@link #MAX_USES}, since all of them are read and written with each use
 */
public record CountedHost(HostDigest newest, Set<HostRollupKey> cells, List<UsedBy> uses) {
    /** Most hosts serve the domains of one or two cells, a giant's those of thousands. */
    static final int MAX_USES = 16;

    public CountedHost {
        cells = cells == null ? Set.of() : cells;
        uses = uses == null ? List.of() : uses;
    }

    static CountedHost first(HostUse use) {
        return new CountedHost(use.host(), Set.of(), List.of());
    }

    boolean isFull() {
        return uses.size() >= MAX_USES;
    }

    boolean isIn(HostRollupKey cell) {
        for (UsedBy use : uses) {
            if (use.isIn(cell)) {
                return true;
            }
        }
        return cells.contains(cell);
    }

    CountedHost with(HostDigest digest) {
        return new CountedHost(digest, cells, uses);
    }

    CountedHost with(UsedBy use) {
        List<UsedBy> more = new ArrayList<>(uses.size() + 1);
        more.addAll(uses);
        more.add(use);
        return new CountedHost(newest, cells, more);
    }
}
