package org.mailpulse.model.survey;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A vantage point is named by letters, digits and hyphens, at most 40: the name is part of keys, groups and addresses. */
public final class VantageName {
    /** All vantage points of a survey together; nobody looks from there. */
    public static final String CONSENSUS = "consensus";

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
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("vantage must be one name or several, is none");
        }
        return List.copyOf(sorted);
    }
}
