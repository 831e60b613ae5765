package org.mailpulse.model.survey;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A vantage point is named by letters, digits and hyphens, at most 40: the name is part of keys, groups and addresses. */
public final class VantageName {
    /** All vantage points of a survey together; nobody looks from there. */
    public static final String CONSENSUS = "consensus";

    /** More than that in one survey would only fill memories. */
    public static final int MAX_VANTAGES = 16;

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9-]{1,40}");

    private VantageName() {}

    /**
     * @return the name itself
     * @throws IllegalArgumentException if it is none, or reserved
     */
    public static String check(String vantage) {
        if (vantage == null || !SHAPE.matcher(vantage).matches()) {
            throw new IllegalArgumentException("vantage must be 1…40 letters, digits or hyphens, is '" + vantage + "'");
        }
        if (vantage.equalsIgnoreCase(CONSENSUS)) {
            throw new IllegalArgumentException("vantage must be another name than '" + vantage
                    + "', which stands for what all vantage points together see");
        }
        return vantage;
    }

    /**
     * The vantage points of one survey.
     *
     * @return sorted, so that whoever names them in another order means the same
     * @throws IllegalArgumentException if there is none, one is no name, or one is named twice
     */
    public static List<String> checkAll(Collection<String> vantages) {
        TreeSet<String> sorted = new TreeSet<>();
        for (String vantage : vantages) {
            if (!sorted.add(check(vantage))) {
                throw new IllegalArgumentException("vantage must be named once, but '" + vantage + "' is named twice");
            }
        }
        if (sorted.isEmpty() || sorted.size() > MAX_VANTAGES) {
            throw new IllegalArgumentException(
                    "vantage must be 1…" + MAX_VANTAGES + " names, there are " + sorted.size());
        }
        return List.copyOf(sorted);
    }

    /** Whose rows a survey has: those of each vantage point, and where there are several those of their consensus. */
    public static List<String> withConsensus(List<String> vantages) {
        if (vantages.size() < 2) {
            return vantages;
        }
        List<String> rows = new ArrayList<>(vantages);
        rows.add(CONSENSUS);
        return List.copyOf(rows);
    }

    /**
     * Those that a record names beside the one that it comes from.
     *
     * @param all null or empty where there is one alone, or the record is older
     * @throws IllegalArgumentException if there are too many, or it does not come from one of them
     */
    public static List<String> checkAmong(String vantage, List<String> all) {
        if (all == null || all.isEmpty()) {
            return List.of();
        }
        if (all.size() > MAX_VANTAGES || !(all.contains(vantage) || vantage.equals(CONSENSUS))) {
            throw new IllegalArgumentException("vantages must be at most " + MAX_VANTAGES + " with '" + vantage
                    + "' among them, are " + all.size());
        }
        return List.copyOf(all);
    }
}
