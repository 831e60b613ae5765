package org.mailpulse.model.rollup;

import java.util.ArrayList;
import java.util.List;

/**
 * A cell of the cube of domains. A reader sums the cells it wants, over one population at a time: a domain in two
 * populations is in two cells.
 *
 * @param population a named list, or {@link #EVERYTHING}
 * @param suffix public suffix, such as {@code gov.uk}: a part of the top-level domain
 */
public record RollupKey(
        String survey, String vantage, String population, String tld, String suffix, String provider, int methodVersion)
        implements CellKey {

    /** Every target of the survey, each once, whatever lists it is in. */
    public static final String EVERYTHING = "*";

    /** The cells that a domain is counted in: one for everything, one for each of its populations. */
    public static List<RollupKey> cellsOf(String survey, String vantage, VerdictDigest digest) {
        List<RollupKey> cells = new ArrayList<>(1 + digest.populations().size());
        cells.add(cell(survey, vantage, EVERYTHING, digest));
        for (String population : digest.populations()) {
            cells.add(cell(survey, vantage, population, digest));
        }
        return cells;
    }

    private static RollupKey cell(String survey, String vantage, String population, VerdictDigest digest) {
        return new RollupKey(
                survey, vantage, population, digest.tld(), digest.suffix(), digest.provider(), digest.methodVersion());
    }

    /** The hash decides on which machine the cell lives, also after years; that of a record is not specified. */
    @Override
    public int hashCode() {
        int hash = 31 + survey.hashCode();
        hash = 31 * hash + vantage.hashCode();
        hash = 31 * hash + population.hashCode();
        hash = 31 * hash + tld.hashCode();
        hash = 31 * hash + suffix.hashCode();
        hash = 31 * hash + provider.hashCode();
        return 31 * hash + methodVersion;
    }
}
