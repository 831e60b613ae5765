package org.mailpulse.model.rollup;

import java.util.ArrayList;
import java.util.List;

/**
 * A cell of the cube of MX hosts. In it is counted, once, each host that a domain of the cell uses. The same host serves
 * domains of many cells, so cells must not be added up: sums have cells of their own, with {@link RollupKey#EVERYTHING} as
 * population, top-level domain or provider.
 *
 * @param tld of the domain, or {@link RollupKey#EVERYTHING}; as is provider
 */
public record HostRollupKey(
        String survey, String vantage, String population, String tld, String provider, int methodVersion)
        implements CellKey {

    /** Every cell that the hosts of a domain are counted in. */
    public static List<HostRollupKey> cellsOf(
            String survey, String vantage, List<String> populations, String tld, String provider, int methodVersion) {
        List<HostRollupKey> cells = new ArrayList<>(4 * (1 + populations.size()));
        for (int i = -1; i < populations.size(); i++) {
            String population = i < 0 ? RollupKey.EVERYTHING : populations.get(i);
            for (String ofTld : List.of(RollupKey.EVERYTHING, tld)) {
                for (String ofProvider : List.of(RollupKey.EVERYTHING, provider)) {
                    cells.add(new HostRollupKey(survey, vantage, population, ofTld, ofProvider, methodVersion));
                }
            }
        }
        return cells;
    }

    /** See {@link RollupKey#hashCode()}. */
    @Override
    public int hashCode() {
        int hash = 31 + survey.hashCode();
        hash = 31 * hash + vantage.hashCode();
        hash = 31 * hash + population.hashCode();
        hash = 31 * hash + tld.hashCode();
        hash = 31 * hash + provider.hashCode();
        return 31 * hash + methodVersion;
    }
}
