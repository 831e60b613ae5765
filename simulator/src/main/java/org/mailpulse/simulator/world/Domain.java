package org.mailpulse.simulator.world;

import java.util.List;

/**
 * What does not change about a surveyed domain.
 *
 * @param index 0…domains-1
 * @param populations names of the lists that hold it, sorted, at least one
 * @param organisation empty where unknown, as are category and country
 */
public record Domain(
        int index,
        String name,
        Tld tld,
        List<String> populations,
        String organisation,
        String category,
        String country) {
    public Domain {
        populations = List.copyOf(populations);
    }

    /** Whether a public body owns it. */
    public boolean isGovernment() {
        return !category.isEmpty();
    }
}
