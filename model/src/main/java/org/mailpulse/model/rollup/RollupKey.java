package org.mailpulse.model.rollup;

import java.util.ArrayList;
import java.util.List;
import org.mailpulse.model.verdict.DomainVerdict;

/**
 * A cell of the cube. A reader sums the cells it wants, over one population at a time: a domain in two populations is in
 * two cells.
 *
 * @param population a named list, or {@link #EVERYTHING}
 */
public record RollupKey(
        String survey, String vantage, String population, String tld, String provider, int methodVersion) {

    /** Every target of the survey, each once, whatever lists it is in. */
    public static final String EVERYTHING = "*";

    /** The cells that a domain is counted in: one for everything, one for each of its populations. */
    public static List<RollupKey> cellsOf(DomainVerdict verdict) {
        List<RollupKey> cells = new ArrayList<>(1 + verdict.populations().size());
        cells.add(cell(verdict, EVERYTHING));
        for (String population : verdict.populations()) {
            cells.add(cell(verdict, population));
        }
        return cells;
    }

    private static RollupKey cell(DomainVerdict verdict, String population) {
        return new RollupKey(
                verdict.survey(),
                verdict.vantage(),
                population,
                verdict.tld(),
                verdict.provider(),
                verdict.methodVersion());
    }
}
