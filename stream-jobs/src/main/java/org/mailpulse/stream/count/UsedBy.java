package org.mailpulse.stream.count;

import java.util.List;
import org.mailpulse.model.rollup.HostRollupKey;
import org.mailpulse.model.rollup.RollupKey;

/** Domains of these populations, this top-level domain and this provider. */
public record UsedBy(List<String> populations, String tld, String provider) {

    /** Whether the cell is one of those that these domains are in. */
    boolean isIn(HostRollupKey cell) {
        return isIn(cell.provider(), provider)
                && isIn(cell.tld(), tld)
                && (cell.population().equals(RollupKey.EVERYTHING) || populations.contains(cell.population()));
    }

    private static boolean isIn(String cell, String value) {
        return cell.equals(RollupKey.EVERYTHING) || cell.equals(value);
    }
}
